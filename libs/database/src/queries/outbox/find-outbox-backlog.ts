import { type Executor, rowOf } from '../../executor.js';
import { type OutboxSchema } from './insert-outbox-rows.js';

/** What waits in an outbox to be published. */
export interface OutboxBacklog {
  rows: number;
  /** Age of the oldest, 0 without any. */
  seconds: number;
}

export async function findOutboxBacklog(executor: Executor, schema: OutboxSchema): Promise<OutboxBacklog> {
  return await rowOf<OutboxBacklog>(
    executor,
    `select count(*)::integer as rows, coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as seconds
     from ${schema}.outbox where published_at is null`,
  );
}
