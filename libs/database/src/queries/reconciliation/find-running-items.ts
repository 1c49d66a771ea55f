import { type Executor, rowsOf } from '../../executor.js';

/** One date that is being worked on, with what the ledgers say of it. Null where nothing was ever recorded of the day. */
export interface RunningItem {
  jobId: string;
  settlementDate: string;
  kind: string;
  arguments: Record<string, unknown>;
  traceparent: string | null;
  requestedBy: string;
  attempts: number;
  asked: 'ingestion' | 'calculation' | 'aggregation' | null;
  /** The fetch that was asked for began; how far a derivation is, nobody records. */
  begun: boolean;
  /** What was asked for has committed. */
  done: boolean;
  /** Milliseconds since the last sign of life of what was asked for; null while the request lies unpublished in the outbox. */
  silentMs: number | null;
  /** Highest fetch that committed so far; 0 when there was none. */
  fetchNumber: number;
  state: 'absent' | 'partial' | 'blocked' | 'provisional' | 'complete' | null;
  sourceFinal: boolean | null;
  calculationLags: boolean | null;
  summaryLags: boolean | null;
  failedPeriods: number[];
  failedDetail: string | null;
  unfetchedPeriods: number[];
  blockedDetail: string | null;
  blockedPeriods: number[] | null;
}

/** All running items of all jobs, in one statement. */
export async function findRunningItems(transaction: Executor): Promise<RunningItem[]> {
  return await rowsOf<RunningItem>(
    transaction,
    `select i.job_id as "jobId", i.settlement_date as "settlementDate", j.kind, j.arguments, j.traceparent,
            j.requested_by as "requestedBy", i.attempts, i.asked,
            f.began_at is not null as begun,
            case i.asked
              when 'ingestion' then coalesce(d.fetch_number > i.fetch_number_before, false)
              when 'calculation' then coalesce(c.calculated_at > i.asked_at, false)
              when 'aggregation' then coalesce(a.aggregated_at > i.asked_at, false)
              else false
            end as done,
            case when o.id is not null and o.published_at is null then null
                 else (1000 * extract(epoch from clock_timestamp() - greatest(
                   o.published_at, i.asked_at, f.began_at, case i.asked when 'ingestion' then newest.began_at end,
                   case when d.fetched_at > i.asked_at then d.fetched_at end,
                   case when c.calculated_at > i.asked_at then c.calculated_at end)))::bigint
            end as "silentMs",
            coalesce(d.fetch_number, 0) as "fetchNumber",
            s.state, s.source_final as "sourceFinal", s.calculation_lags as "calculationLags", s.summary_lags as "summaryLags",
            coalesce(p.failed, '{}') as "failedPeriods", p.failed_detail as "failedDetail",
            coalesce(p.unfetched, '{}') as "unfetchedPeriods",
            c.cause_detail as "blockedDetail", c.cause_periods as "blockedPeriods"
     from reconciliation.job_items i
     join reconciliation.jobs j on j.id = i.job_id
     left join reconciliation.outbox o on o.id = i.request_id
     left join reconciliation.day_states s using (settlement_date)
     left join ingestion.settlement_days d using (settlement_date)
     left join calculation.calculated_days c using (settlement_date)
     left join summary.aggregated_days a using (settlement_date)
     -- A request that waits behind others is not lost: as long as ingestion begins with some day, it lives.
     left join lateral (select started_at as began_at from ingestion.fetches order by fetch_number desc limit 1) newest on true
     left join lateral (
       select max(started_at) as began_at from ingestion.fetches
       where settlement_date = i.settlement_date and i.asked = 'ingestion' and fetch_number > i.fetch_number_before
     ) f on true
     left join lateral (
       select array_agg(settlement_period order by settlement_period) filter (where state = 'failed') as failed,
              min(cause_detail) filter (where state = 'failed') as failed_detail,
              array_agg(settlement_period order by settlement_period) filter (where state = 'not-fetched') as unfetched
       from ingestion.settlement_periods where settlement_date = i.settlement_date
     ) p on true
     where i.state = 'running'
     order by j.created_at, j.id, i.settlement_date`,
  );
}
