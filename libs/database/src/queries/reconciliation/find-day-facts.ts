import { type DayState } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What the ledgers say of one day that was ever fetched. */
export interface StoredDayFacts {
  state: DayState;
  sourceFinal: boolean;
  calculationLags: boolean;
  summaryLags: boolean;
  failedPeriods: number[];
  failedDetail: string | null;
  unfetchedPeriods: number[];
  blockedDetail: string | null;
  blockedPeriods: number[] | null;
}

/** The facts of a row of `reconciliation.day_facts`, as one JSON object. */
export function dayFacts(row: string): string {
  return `jsonb_build_object(
    'state', ${row}.state, 'sourceFinal', ${row}.source_final,
    'calculationLags', ${row}.state <> 'absent' and ${row}.calculation_lags,
    'summaryLags', ${row}.state <> 'absent' and ${row}.summary_lags,
    'failedPeriods', ${row}.failed_periods, 'failedDetail', ${row}.failed_detail, 'unfetchedPeriods', ${row}.unfetched_periods,
    'blockedDetail', ${row}.blocked_detail, 'blockedPeriods', ${row}.blocked_periods)`;
}

export interface DayToPlan {
  settlementDate: string;
  /** Null when nothing was ever recorded of the day. */
  day: StoredDayFacts | null;
  /** Of ingestion, calculation and summary, and how many rows of each there are: equal as long as nothing changed. */
  version: (number | string | null)[];
  causes: string[];
  /** Of the wind generation; null while none was loaded. */
  windRevision: number | null;
  /** Of the newest register; null while there is none. */
  registerVersion: number | null;
  /** Open job that holds the date or is the next to. */
  holder: { jobId: string; kind: string } | null;
}

/** What decides what would be done for some dates, in the order in which they are given. */
export async function findDaysToPlan(executor: Executor, settlementDates: readonly string[]): Promise<DayToPlan[]> {
  return await rowsOf<DayToPlan>(
    executor,
    `select u.settlement_date as "settlementDate",
            case when s.settlement_date is not null then ${dayFacts('s')} end as day,
            jsonb_build_array(s.ingestion_revision, s.calculation_revision, s.summary_revision, s.periods_loaded, s.records,
                              s.calculations) as version,
            coalesce(m.causes, '[]') as causes, w.revision as "windRevision",
            (select max(r.version) from ingestion.register_versions r) as "registerVersion", h.holder
     from unnest($1::date[]) with ordinality as u (settlement_date, place)
     left join reconciliation.day_facts s using (settlement_date)
     left join ingestion.wind_generation_days w using (settlement_date)
     left join (
       select settlement_date, jsonb_agg(distinct cause order by cause) as causes
       from reconciliation.missing where settlement_date = any($1::date[]) group by settlement_date
     ) m using (settlement_date)
     left join lateral (
       select jsonb_build_object('jobId', j.id, 'kind', j.kind) as holder
       from reconciliation.job_items i join reconciliation.jobs j on j.id = i.job_id
       where i.settlement_date = u.settlement_date and i.exclusive and i.state in ('queued', 'waiting', 'running')
         and j.state in ('queued', 'running')
       order by i.state = 'running' desc, j.automatic, j.created_at, j.id limit 1
     ) h on true
     order by u.place`,
    [settlementDates],
  );
}
