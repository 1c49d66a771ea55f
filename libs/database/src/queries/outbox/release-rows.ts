import { type Executor, run } from '../../executor.js';
import type { OutboxSchema } from './insert-outbox-rows.js';

/** Gives up the claim on messages that could not be published, so that they need not wait for its end. */
export async function releaseRows(executor: Executor, schema: OutboxSchema, seqs: readonly number[]): Promise<void> {
  await run(executor, `update ${schema}.outbox set claimed_until = null where seq = any($1::bigint[])`, [seqs]);
}
