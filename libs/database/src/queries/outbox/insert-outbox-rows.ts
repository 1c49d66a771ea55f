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

/** Stores messages in the caller's transaction and wakes the relay at its commit. An id that is there is left alone. */
export async function insertOutboxRows(
  executor: Executor,
  schema: OutboxSchema,
  rows: readonly OutboxRow[],
): Promise<void> {
  await run(
    executor,
    `with added as (
       insert into ${schema}.outbox (id, subject, payload, headers)
       select id, subject, payload, headers
       from unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[])
         with ordinality as row (id, subject, payload, headers, position)
       order by position
       on conflict (id) do nothing
       returning seq
     )
     select pg_notify($5, '') from (select from added limit 1) as anything`,
    [
      rows.map((row) => row.id),
      rows.map((row) => row.subject),
      rows.map((row) => JSON.stringify(row.payload)),
      rows.map((row) => JSON.stringify(row.headers)),
      outboxChannel(schema),
    ],
  );
}
