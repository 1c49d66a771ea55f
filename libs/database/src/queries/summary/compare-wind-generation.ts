import { type Executor, rowsOf } from '../../executor.js';
import { type DateRange } from '../reconciliation/find-gaps.js';

/** A row of wind generation that is not the sum of what is beneath, that is missing, or that nothing fetched is beneath. */
export interface WindGenerationDifference {
  /** A date, a month `YYYY-MM`, or a year. */
  key: string;
  table: string;
  fault: 'missing' | 'surplus' | 'stale' | 'differs' | 'altered';
  /** The date, or of a month or year one of its dates: a stored one where there is any. */
  settlementDate: string;
  /** Whether curtailment is stored of it, so that it can be summed. */
  stored: boolean;
}

/** Compares the wind generation of each day of a range with its half hours. */
export async function compareDailyWindGeneration(
  executor: Executor,
  { from, to }: DateRange,
): Promise<WindGenerationDifference[]> {
  return await rowsOf<WindGenerationDifference>(
    executor,
    `with beneath as (
       select settlement_date, d.revision, w.onshore_mwh, w.offshore_mwh, w.periods_loaded,
              d.content_hash is distinct from w.content_hash as altered
       from (
         select * from ingestion.wind_generation_days where settlement_date between $1 and $2
       ) d
       full join (
         select * from ingestion.wind_generation_sums where settlement_date between $1 and $2
       ) w using (settlement_date)
       where (d.revision is not null and w.periods is not null) or d.content_hash is distinct from w.content_hash
     ),
     summary as (
       select settlement_date, derived_from, onshore_mwh, offshore_mwh, periods_loaded
       from summary.daily_wind_generation where settlement_date between $1 and $2
     )
     select settlement_date::text as key, 'daily_wind_generation' as "table", settlement_date as "settlementDate",
            coalesce(i.revision is not null, false) as stored,
            case when b.altered then 'altered' when s.derived_from is null then 'missing' when b.revision is null then 'surplus'
                 when s.derived_from <> b.revision then 'stale' else 'differs' end as fault
     from beneath b
     full join summary s using (settlement_date)
     left join ingestion.settlement_days i using (settlement_date)
     where (b.revision, b.onshore_mwh, b.offshore_mwh, b.periods_loaded)
       is distinct from (s.derived_from, s.onshore_mwh, s.offshore_mwh, s.periods_loaded)
     order by settlement_date`,
    [from, to],
  );
}

/** Compares the wind generation of each month that a range touches with its days. */
export async function compareMonthlyWindGeneration(
  executor: Executor,
  range: DateRange,
): Promise<WindGenerationDifference[]> {
  return await compareRollUp(executor, range, {
    level: 'monthly',
    key: 'month',
    keyOf: (date) => `to_char(${date}, 'YYYY-MM')`,
    firstOf: (key) => `(${key} || '-01')::date`,
    length: '1 month',
    beneath: `select to_char(settlement_date, 'YYYY-MM') as month, onshore_mwh, offshore_mwh, periods_loaded, 1 as days_loaded
              from summary.daily_wind_generation`,
  });
}

/** Compares the wind generation of each year that a range touches with its months. */
export async function compareYearlyWindGeneration(
  executor: Executor,
  range: DateRange,
): Promise<WindGenerationDifference[]> {
  return await compareRollUp(executor, range, {
    level: 'yearly',
    key: 'year',
    keyOf: (date) => `extract(year from ${date})::smallint`,
    firstOf: (key) => `make_date(${key}, 1, 1)`,
    length: '1 year',
    beneath: `select left(month, 4)::smallint as year, onshore_mwh, offshore_mwh, periods_loaded, days_loaded
              from summary.monthly_wind_generation`,
  });
}

/** One level above the days; all of it is text of this file. */
interface RollUp {
  level: 'monthly' | 'yearly';
  key: 'month' | 'year';
  keyOf: (date: string) => string;
  firstOf: (key: string) => string;
  length: string;
  beneath: string;
}

async function compareRollUp(
  executor: Executor,
  { from, to }: DateRange,
  { level, key, keyOf, firstOf, length, beneath }: RollUp,
): Promise<WindGenerationDifference[]> {
  const sums = ['onshore_mwh', 'offshore_mwh', 'periods_loaded', 'days_loaded'];
  const touched = `${key} between ${keyOf('$1::date')} and ${keyOf('$2::date')}`;
  const row = (alias: string) => `(${sums.map((column) => `${alias}.${column}`).join(', ')})`;
  return await rowsOf<WindGenerationDifference>(
    executor,
    `with beneath as (
       select ${key}, ${sums.map((column) => `sum(x.${column}) as ${column}`).join(', ')}
       from (${beneath}) x where ${touched} group by ${key}
     ),
     summary as (
       select * from summary.${level}_wind_generation where ${touched}
     )
     select ${key}::text as key, '${level}_wind_generation' as "table",
            coalesce(i.settlement_date, ${firstOf(key)}) as "settlementDate", i.settlement_date is not null as stored,
            case when s.days_loaded is null then 'missing' when b.days_loaded is null then 'surplus' else 'differs' end as fault
     from beneath b
     full join summary s using (${key})
     left join lateral (
       select min(d.settlement_date) as settlement_date from ingestion.settlement_days d
       where d.revision is not null
         and d.settlement_date >= ${firstOf(key)} and d.settlement_date < ${firstOf(key)} + interval '${length}'
     ) i on true
     where ${row('b')} is distinct from ${row('s')}
     order by ${key}`,
    [from, to],
  );
}
