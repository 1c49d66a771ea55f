import { type MissingCause } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { prepared } from '../../prepared.js';

/** What keeps a date from being complete, and how much of it that is. */
export interface LedgerGap {
  settlementDate: string;
  cause: Exclude<MissingCause, 'not-settled' | 'summary-differs'>;
  /** Empty when it is not about single periods. */
  periods: number[];
  missingCalculations: number;
  surplusCalculations: number;
  /** Null where the cause says it all. */
  detail: string | null;
}

export interface DateRange {
  from: string;
  to: string;
}

/**
 * Every gap that the ledgers tell of a range of dates, in no order.
 *
 * @param wanted    first and last date that ought to be there; null when only dates ever fetched are looked at
 * @param unsettled the first settlement period that has not settled yet: it and later ones are no gap
 */
export async function findGaps(
  executor: Executor,
  { from, to }: DateRange,
  wanted: DateRange | null,
  unsettled: { settlementDate: string; settlementPeriod: number },
): Promise<LedgerGap[]> {
  return await rowsOf<LedgerGap>(executor, isLong(from, to) ? ofManyDays : ofFewDays, [
    from,
    to,
    wanted?.from ?? null,
    wanted?.to ?? null,
    unsettled.settlementDate,
    unsettled.settlementPeriod,
  ]);
}

const LONG_MS = 2 * 366 * 86_400_000;

/** Longer than what the status looks at for the newest gaps, unless they are old. */
function isLong(from: string, to: string): boolean {
  return Date.parse(to) - Date.parse(from) > LONG_MS;
}

const sums = `
  count(*) as models, sum(k.calculations) as actual, sum(greatest(e.combinations - k.calculations, 0)) as missing,
  sum(greatest(k.calculations - e.combinations, 0)) as surplus`;

/** @param counted joins that add the sums `n` of what the ledger of the days `d` counts */
const statementOf = (counted: string) => `
  with day as materialized (
    select d.settlement_date, d.revision, c.revision as calculation_revision, c.derived_from, c.outcome, c.cause_periods,
           c.cause_detail, a.derived_from as summarised_from,
           -- A model that was never counted has no row, and lacks all.
           case c.outcome when 'blocked' then 0
                else coalesce(n.missing, 0) + (m.models - coalesce(n.models, 0)) * d.combinations end::integer as missing,
           coalesce(case c.outcome when 'blocked' then n.actual else n.surplus end, 0)::integer as surplus
    from ingestion.settlement_days d
    cross join (select count(*) as models, array_agg(miner_model) as names from calculation.miner_models) m
    ${counted}
    left join calculation.calculated_days c on c.settlement_date = d.settlement_date and c.settlement_date between $1 and $2
    left join summary.aggregated_days a on a.settlement_date = d.settlement_date and a.settlement_date between $1 and $2
    where d.settlement_date between $1 and $2
  ),
  gap as (
    select settlement_date, 'not-calculated' as cause, '{}'::smallint[] as periods, missing, surplus, null::text as detail
    from day where revision is not null and derived_from is null
    union all
    select settlement_date, 'stale-revision', '{}', missing, surplus,
           format('Calculations rest on revision %s of %s', derived_from, revision)
    from day where derived_from <> revision
    union all
    select settlement_date, 'not-calculated', '{}', missing, 0, format('%s calculations are not there', missing)
    from day where derived_from = revision and missing > 0
    union all
    select settlement_date, 'surplus-rows', '{}', 0, surplus, format('%s calculations too many are there', surplus)
    from day where derived_from = revision and surplus > 0
    union all
    select settlement_date, 'difficulty-missing', cause_periods, 0, 0, cause_detail from day where outcome = 'blocked'
    union all
    select settlement_date, 'stale-revision', '{}', 0, 0,
           case when summarised_from is null then 'The summaries were not made yet'
                else format('Summaries rest on revision %s of %s', summarised_from, calculation_revision) end
    from day where derived_from = revision and summarised_from is distinct from calculation_revision
    union all
    select settlement_date, case state when 'failed' then 'fetch-failed' else 'not-fetched' end,
           array_agg(settlement_period order by settlement_period), 0, 0, cause_detail
    from ingestion.settlement_periods
    where state in ('not-settled', 'not-fetched', 'failed') and settlement_date between $1 and $2
      and (settlement_date, settlement_period) < ($5, $6::smallint)
    group by settlement_date, 2, cause_detail
    union all
    select w.settlement_date::date, 'not-fetched', '{}', 0, 0, 'Nothing of this date was ever fetched'
    from generate_series(greatest($1, $3::date), least($2, $4::date), interval '1 day') as w (settlement_date)
    where $3::date is not null
      and not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)
  )
  select settlement_date as "settlementDate", cause, periods, missing as "missingCalculations",
         surplus as "surplusCalculations", detail
  from gap`;

const ofManyDays = statementOf(`
    left join (
      select e.settlement_date, ${sums}
      from calculation.calculation_counts k
      join ingestion.settlement_days e using (settlement_date)
      join calculation.miner_models using (miner_model)
      where k.settlement_date between $1 and $2 and e.settlement_date between $1 and $2
      group by e.settlement_date
    ) n on n.settlement_date = d.settlement_date`);

// The plan that is kept goes from day to day by keys: over years it takes five times as long as one of their own.
const ofFewDays = prepared(
  statementOf(`
    cross join lateral (
      select ${sums}
      from calculation.calculation_counts k, (select d.combinations) e
      where k.settlement_date = d.settlement_date and k.miner_model = any(m.names)
    ) n`),
);
