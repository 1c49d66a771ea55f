import { type Reported, type Step, type StepKind } from '@app/domain';
import { type Executor, rowsOf, run } from '../../executor.js';

export interface AskedItem {
  jobId: string;
  settlementDate: string;
  /** Place of the step that is asked for. */
  step: number;
  asked: StepKind;
  requestId: string;
  /** Of an ingestion; null for all else. */
  fetchNumberBefore: number | null;
}

/** Records what was asked for on behalf of some running items, in the transaction that puts the requests into the outbox. */
export async function saveAskedItems(transaction: Executor, items: readonly AskedItem[]): Promise<void> {
  await run(
    transaction,
    `update reconciliation.job_items i
     set step = u.step, asked = u.asked, asked_at = clock_timestamp(), request_id = u.request_id, reported = null,
         fetch_number_before = coalesce(u.fetch_number_before, i.fetch_number_before),
         tries = n.tries, attempts = greatest(i.attempts, n.tries)
     from unnest($1::uuid[], $2::date[], $3::smallint[], $4::text[], $5::text[], $6::bigint[])
       as u (job_id, settlement_date, step, asked, request_id, fetch_number_before)
     join reconciliation.job_items b using (job_id, settlement_date)
     cross join lateral (select case when b.asked is not null and b.step = u.step then b.tries + 1 else 1 end as tries) n
     where i.job_id = u.job_id and i.settlement_date = u.settlement_date and i.state = 'running'`,
    [
      items.map((i) => i.jobId),
      items.map((i) => i.settlementDate),
      items.map((i) => i.step),
      items.map((i) => i.asked),
      items.map((i) => i.requestId),
      items.map((i) => i.fetchNumberBefore),
    ],
  );
}

export interface ReportedItem {
  jobId: string;
  settlementDate: string;
  /** The one that was asked for. */
  step: Step;
}

/**
 * Notes what came of a request, for the items that still wait for it.
 *
 * @returns those items; none when the request was given up, or answered before
 */
export async function saveReportedItems(
  transaction: Executor,
  requestId: string,
  reported: Reported,
): Promise<ReportedItem[]> {
  return await rowsOf<ReportedItem>(
    transaction,
    `update reconciliation.job_items set reported = $2
     where request_id = $1 and state = 'running' and reported is null
     returning job_id as "jobId", settlement_date as "settlementDate", steps -> step::integer as step`,
    [requestId, JSON.stringify(reported)],
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
