import { type Executor, rowsOf } from '../../executor.js';
import type { OutboxRow, OutboxSchema } from './insert-outbox-rows.js';

export interface UnpublishedRow extends OutboxRow {
  seq: number;
}

/** The oldest messages that have not been published. */
export async function findUnpublishedRows(
  executor: Executor,
  schema: OutboxSchema,
  limit: number,
): Promise<UnpublishedRow[]> {
  return await rowsOf<UnpublishedRow>(
    executor,
    `select seq, id, subject, payload, headers from ${schema}.outbox where published_at is null order by seq limit $1`,
    [limit],
  );
}
