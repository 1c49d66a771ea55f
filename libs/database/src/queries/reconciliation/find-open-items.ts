import { type Reported, type Step, type StepKind } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';
import { prepared } from '../../prepared.js';
import { dayFacts, type StoredDayFacts } from './find-day-facts.js';

/** One date that is being worked on, with what the ledgers say of it. */
export interface RunningItem {
  jobId: string;
  settlementDate: string;
  traceparent: string | null;
  steps: Step[];
  /** Place of the step that was asked for last; 0 when none was. */
  step: number;
  tries: number;
  /** Kind of the step that was asked for last. */
  asked: StepKind | null;
  /** The fetch that was asked for began; how far a derivation is, nobody records. */
  begun: boolean;
  /** What was asked for has committed. */
  done: boolean;
  /** What came of it, where no ledger tells. */
  reported: Reported | null;
  /** The day was fetched for this item. */
  fetched: boolean;
  /** Milliseconds since the last sign of life of what was asked for; null while the request lies unpublished in the outbox. */
  silentMs: number | null;
  /** Highest fetch that committed so far; 0 when there was none. */
  fetchNumber: number;
  calculationChecked: boolean;
  summaryChecked: boolean;
  /** Null when nothing was ever recorded of the day. */
  day: StoredDayFacts | null;
}

export interface OpenItems {
  running: RunningItem[];
  /** Some item of an open job is yet to begin. */
  queued: boolean;
  /**
   * Some open job has no item that runs, whose end would make it begin the next: it has some to begin, or none left, so that it
   * is to be ended.
   */
  idle: boolean;
}

/** What is to be done for all jobs, in one statement: it is asked at each change of a ledger. */
export async function findOpenItems(executor: Executor): Promise<OpenItems> {
  return await rowOf<OpenItems>(executor, statement);
}

const running = `
  select i.job_id as "jobId", i.settlement_date as "settlementDate", j.traceparent, i.steps, i.step, i.tries, i.asked,
         f.began_at is not null as begun,
         case i.asked
           when 'ingest' then coalesce(s.fetch_number > i.fetch_number_before, false)
           when 'calculate' then coalesce(s.calculated_at > i.asked_at, false)
           when 'aggregate' then coalesce(s.aggregated_at > i.asked_at, false)
           when 'fetch-wind-generation' then coalesce(w.fetched_at > i.asked_at, false)
           else i.reported is not null
         end as done,
         case i.asked
           when 'fetch-wind-generation' then case when w.fetched_at > i.asked_at and w.cause_code is not null
             then jsonb_build_object('outcome', 'failed', 'detail', w.cause_detail) end
           else i.reported
         end as reported,
         i.fetch_number_before is not null as fetched,
         case when o.id is not null and o.published_at is null then null
              else (1000 * extract(epoch from clock_timestamp() - greatest(
                o.published_at, i.asked_at, f.began_at, case i.asked when 'ingest' then newest.began_at end,
                case when s.fetched_at > i.asked_at then s.fetched_at end,
                case when s.calculated_at > i.asked_at then s.calculated_at end)))::bigint
         end as "silentMs",
         coalesce(s.fetch_number, 0) as "fetchNumber",
         coalesce(s.calculated_at > i.begun_at, false) as "calculationChecked",
         coalesce(s.aggregated_at > i.begun_at, false) as "summaryChecked",
         case when s.settlement_date is not null then ${dayFacts('s')} end as day
  from reconciliation.job_items i
  join reconciliation.jobs j on j.id = i.job_id
  left join reconciliation.outbox o on o.id = i.request_id
  left join reconciliation.day_facts s using (settlement_date)
  left join ingestion.wind_generation_days w using (settlement_date)
  -- A request that waits behind others is not lost: as long as ingestion begins with some day, it lives.
  left join lateral (select started_at as began_at from ingestion.fetches order by fetch_number desc limit 1) newest on true
  left join lateral (
    select max(started_at) as began_at from ingestion.fetches
    where settlement_date = i.settlement_date and i.asked = 'ingest' and fetch_number > i.fetch_number_before
  ) f on true
  where i.state = 'running'
  order by j.automatic, j.created_at, j.id, i.place`;

const statement = prepared(`
  select (select coalesce(json_agg(r), '[]') from (${running}) r) as running,
         exists (
           select from reconciliation.jobs j
           where j.state in ('queued', 'running')
             and exists (select from reconciliation.job_items i where i.job_id = j.id and i.state in ('queued', 'waiting'))) as queued,
         exists (
           select from reconciliation.jobs j
           where j.state in ('queued', 'running')
             and not exists (select from reconciliation.job_items i where i.job_id = j.id and i.state = 'running')) as idle`);
