import { type Executor, run } from '../../executor.js';

/** Schemas that have an outbox, one for each service that announces something. */
export type OutboxSchema = 'ingestion' | 'calculation' | 'summary' | 'reconciliation';

export interface OutboxRow {
  id: string;
  /** NATS subject. */
  subject: string;
  payload: unknown;
  headers: Record<string, string>;
}

/** Channel on which a schema's relay hears of new rows, as soon as they are committed. */
export function outboxChannel(schema: OutboxSchema): string {
  return `outbox_${schema}`;
}

/** A relay may publish for so long before others take over its rows. */
export const CLAIM_SECONDS = 7;
/** A notification holds 8,000 bytes, and Postgres writes JSON with more blanks than we do. */
const HANDED_BYTES = 4_000;

/**
 * Stores messages in the caller's transaction and wakes the relays at its commit. An id that is there is left alone.
 *
 * @param relay the one that is to publish the rows: it finds a few of them in what wakes it, claimed for it already; null leaves
 *   them to whoever comes first
 */
export async function insertOutboxRows(
  executor: Executor,
  schema: OutboxSchema,
  rows: readonly OutboxRow[],
  relay: string | null = null,
): Promise<void> {
  await run(
    executor,
    `with added as (
       insert into ${schema}.outbox (id, subject, payload, headers, claimed_until)
       select id, subject, payload, headers, case when $6::text is not null then clock_timestamp() + make_interval(secs => $7) end
       from unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[])
         with ordinality as row (id, subject, payload, headers, position)
       order by position
       on conflict (id) do nothing
       returning seq, id, subject, payload, headers
     )
     select pg_notify($5, case when $6::text is null then ''
                               else json_build_object('relay', $6::text, 'rows', json_agg(added order by seq))::text end)
     from added having count(*) > 0`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.subject),
      rows.map((row) => JSON.stringify(row.payload)),
      rows.map((row) => JSON.stringify(row.headers)),
      outboxChannel(schema),
      Buffer.byteLength(JSON.stringify(rows)) <= HANDED_BYTES ? relay : null,
      CLAIM_SECONDS,
    ],
  );
}
