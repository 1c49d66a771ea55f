import { type Executor, rowsOf } from '../../executor.js';
import { type StoredDayState } from '../reconciliation/find-day-states.js';
import {
  type FarmFilter,
  figureColumns,
  figuresOf,
  filterParameters,
  matchesFilter,
  type StoredFigures,
} from './figures.js';

export interface StoredDailySummary extends StoredFigures {
  settlementDate: string;
  /** Null when the date was never fetched. */
  day: StoredDay | null;
  /** How its periods were valued; none where nothing was calculated. */
  mining: { fromPeriod: number; toPeriod: number; difficulty: string; blockSubsidyBtc: string }[];
}

interface StoredDay extends Omit<StoredDayState, 'settlementDate'> {
  /** Whether anything was ever loaded. */
  loaded: boolean;
  records: number;
  combinations: number;
}

/** Figures, state and counts of each date of a range, whether or not anything is stored of it. */
export async function findDailySummaries(
  executor: Executor,
  from: string,
  to: string,
  filter: FarmFilter,
): Promise<StoredDailySummary[]> {
  const parameters = filterParameters(filter);
  const filtered = parameters.length > 0;
  const counts = filtered
    ? `select count(*) as records, count(distinct (f.settlement_period, f.farm_id)) as combinations
       from ingestion.curtailment_records f
       where f.settlement_date = k.key and ${matchesFilter}`
    : `select s.records, s.combinations`;
  return await rowsOf<StoredDailySummary>(
    executor,
    `select k.key as "settlementDate", d.day, coalesce(c.mining, '[]') as mining, ${figureColumns}
     from (select g::date as key from generate_series($1::date, $2::date, interval '1 day') g) k
     left join lateral (
       select jsonb_build_object(
         'state', s.state, 'revision', s.summary_revision, 'periodsExpected', s.periods_expected,
         'periodsLoaded', s.periods_loaded, 'loaded', s.ingestion_revision is not null, 'records', n.records,
         'combinations', n.combinations,
         'missing', (
           select coalesce(jsonb_agg(jsonb_build_object('cause', m.cause, 'periods', m.periods, 'detail', m.detail)
                                     order by m.cause, m.periods), '[]')
           from reconciliation.missing m where m.settlement_date = k.key)) as day
       from reconciliation.day_states s cross join lateral (${counts}) n
       where s.settlement_date = k.key
     ) d on true
     left join calculation.calculated_days c on c.settlement_date = k.key
     ${figuresOf('daily', filtered)}
     order by k.key`,
    [from, to, ...parameters],
  );
}
