import { type Executor, run } from '../../executor.js';
import type { OutboxSchema } from './insert-outbox-rows.js';

/** Records that these messages are in the stream. */
export async function markPublished(executor: Executor, schema: OutboxSchema, seqs: readonly number[]): Promise<void> {
  await run(executor, `update ${schema}.outbox set published_at = clock_timestamp() where seq = any($1::bigint[])`, [
    seqs,
  ]);
}
