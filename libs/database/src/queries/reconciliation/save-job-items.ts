import { type Executor, run } from '../../executor.js';

export interface AskedItem {
  jobId: string;
  settlementDate: string;
  asked: 'ingestion' | 'calculation' | 'aggregation';
  requestId: string;
  fetchNumberBefore: number;
}

/** Records what was asked for on behalf of some running items, in the transaction that puts the requests into the outbox. */
export async function saveAskedItems(transaction: Executor, items: readonly AskedItem[]): Promise<void> {
  await run(
    transaction,
    `update reconciliation.job_items i
     set asked = u.asked, asked_at = clock_timestamp(), request_id = u.request_id, fetch_number_before = u.fetch_number_before,
         attempts = i.attempts + case u.asked when 'ingestion' then 1 else 0 end
     from unnest($1::uuid[], $2::date[], $3::text[], $4::text[], $5::bigint[])
       as u (job_id, settlement_date, asked, request_id, fetch_number_before)
     where i.job_id = u.job_id and i.settlement_date = u.settlement_date and i.state = 'running'`,
    [
      items.map((i) => i.jobId),
      items.map((i) => i.settlementDate),
      items.map((i) => i.asked),
      items.map((i) => i.requestId),
      items.map((i) => i.fetchNumberBefore),
    ],
  );
}

export interface EndedItem {
  jobId: string;
  settlementDate: string;
  state: 'completed' | 'failed' | 'blocked';
  cause: { code: string; detail: string; periods: readonly number[] } | null;
}

/** Ends some running items with the figures of their days as they are now. */
export async function saveEndedItems(transaction: Executor, items: readonly EndedItem[]): Promise<void> {
  await run(
    transaction,
    `update reconciliation.job_items i
     set state = u.state, cause = u.cause, ended_at = clock_timestamp(),
         after = jsonb_build_object(
           'revision', s.ingestion_revision, 'records', s.records, 'curtailedMwh', round(s.curtailed_mwh, 6),
           'calculations', s.calculations)
     from unnest($1::uuid[], $2::date[], $3::text[], $4::jsonb[]) as u (job_id, settlement_date, state, cause)
     left join reconciliation.day_states s using (settlement_date)
     where i.job_id = u.job_id and i.settlement_date = u.settlement_date and i.state = 'running'`,
    [
      items.map((i) => i.jobId),
      items.map((i) => i.settlementDate),
      items.map((i) => i.state),
      items.map((i) => (i.cause === null ? null : JSON.stringify(i.cause))),
    ],
  );
}
