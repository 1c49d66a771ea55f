import { type Executor, run } from '../../executor.js';
import type { OutboxSchema } from './insert-outbox-rows.js';

/** Removes messages that were published more than a week ago; the stream keeps them no longer either. */
export async function deletePublishedRows(executor: Executor, schema: OutboxSchema): Promise<void> {
  await run(executor, `delete from ${schema}.outbox where published_at < now() - interval '7 days'`);
}
