import { type Executor, rowsOf } from '../../executor.js';
import { CLAIM_SECONDS, type OutboxRow, type OutboxSchema } from './insert-outbox-rows.js';

export interface UnpublishedRow extends OutboxRow {
  seq: number;
}

/**
 * Takes the oldest messages that nobody has published or is publishing, in their order. A claim ends by itself, so that a
 * relay that dies or stands still holds up no message for longer than that.
 */
export async function claimUnpublishedRows(
  executor: Executor,
  schema: OutboxSchema,
  limit: number,
): Promise<UnpublishedRow[]> {
  const rows = await rowsOf<UnpublishedRow>(
    executor,
    `update ${schema}.outbox set claimed_until = clock_timestamp() + make_interval(secs => $2)
     where seq in (
       select seq from ${schema}.outbox
       where published_at is null and (claimed_until is null or claimed_until < clock_timestamp())
       order by seq limit $1
       for update skip locked
     )
     returning seq, id, subject, payload, headers`,
    [limit, CLAIM_SECONDS],
  );
  return rows.sort((a, b) => a.seq - b.seq);
}
