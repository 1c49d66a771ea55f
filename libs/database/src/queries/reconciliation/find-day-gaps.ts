import { type DayGap } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/**
 * Dates that lack something which work can mend, in no order: of those ever fetched, and of those from `from` to yesterday. A
 * blocked day lacks only its difficulty, so it is none of them.
 *
 * @param from null when only dates ever fetched are looked at
 * @param unsettledFrom the first date of which not all periods have settled: today, or for some minutes after midnight yesterday
 */
export async function findDayGaps(
  executor: Executor,
  from: string | null,
  today: string,
  unsettledFrom: string,
): Promise<DayGap[]> {
  return await rowsOf<DayGap>(
    executor,
    `select s.settlement_date as "settlementDate", s.periods_loaded as "loadedPeriods", u.periods as "unsettledPeriods",
            n.expected as "expectedCalculations", n.wrong as "wrongCalculations"
     from reconciliation.day_facts s
     cross join lateral (
       -- Whatever had not settled when an earlier date was fetched has by now.
       select case when s.settlement_date < $3 then 0
                   else s.periods_expected - s.periods_loaded - cardinality(s.failed_periods) - cardinality(s.unfetched_periods)
              end as periods
     ) u
     cross join lateral (select case s.outcome when 'blocked' then 0 else s.combinations end as combinations) w
     cross join lateral (
       select (w.combinations * count(*))::integer as expected,
              sum(abs(coalesce(c.calculations, 0) - w.combinations))::integer as wrong
       from calculation.miner_models m
       left join calculation.calculation_counts c on c.settlement_date = s.settlement_date and c.miner_model = m.miner_model
     ) n
     where s.state in ('absent', 'partial')
       and (s.periods_loaded + u.periods < s.periods_expected or n.wrong > 0 or s.calculation_lags or s.summary_lags)
     union all
     select w.settlement_date::date, 0, 0, 0, 0
     from generate_series($1::date, $2::date - 1, interval '1 day') as w (settlement_date)
     where not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)`,
    [from, today, unsettledFrom],
  );
}
