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
import { type StoredWindGeneration, windGenerationOfDays } from './wind-generation.js';

export interface StoredDailySummary extends StoredFigures {
  settlementDate: string;
  /** Null when nothing is known of it, or only some farms are wanted: the source does not tell farms apart. */
  wind: StoredWindGeneration | null;
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
    ? `left join (
         select f.settlement_date, count(*) as records, count(distinct (f.settlement_period, f.farm_id)) as combinations
         from ingestion.curtailment_records f
         where f.settlement_date between $1 and $2 and ${matchesFilter} group by f.settlement_date
       ) n using (settlement_date)`
    : `join (select settlement_date, records, combinations from ingestion.settlement_days) n using (settlement_date)`;
  return await rowsOf<StoredDailySummary>(
    executor,
    `with k as (select g::date as key from generate_series($1::date, $2::date, interval '1 day') g)
     select k.key as "settlementDate", d.day, coalesce(c.mining, '[]') as mining, ${filtered ? 'null' : 'w.wind'} as wind, ${figureColumns}
     from k
     left join (
       select settlement_date as key, jsonb_build_object(
         'state', s.state, 'revision', s.summary_revision, 'periodsExpected', s.periods_expected,
         'periodsLoaded', s.periods_loaded, 'loaded', s.ingestion_revision is not null,
         'records', coalesce(n.records, 0), 'combinations', coalesce(n.combinations, 0),
         'missing', coalesce(m.missing, '[]')) as day
       from reconciliation.day_states_between($1, $2) s
       ${counts}
       left join (
         select settlement_date,
                jsonb_agg(jsonb_build_object('cause', cause, 'periods', periods, 'detail', detail) order by cause, periods) as missing
         from reconciliation.missing_between($1, $2) group by settlement_date
       ) m using (settlement_date)
     ) d using (key)
     left join calculation.calculated_days c on c.settlement_date = k.key
     ${figuresOf('daily', filtered)}
     ${filtered ? '' : windGenerationOfDays}
     order by k.key`,
    [from, to, ...parameters],
  );
}
