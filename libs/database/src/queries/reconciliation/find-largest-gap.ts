import { type Executor, rowsOf } from '../../executor.js';

export interface LargestGap {
  settlementDate: string;
  /** Calculations that are missing or surplus. */
  calculations: number;
  /** Periods that failed or were not fetched. */
  periods: number;
}

/** The date that lacks most calculations, then most periods, then the newest; null when no stored date lacks any. */
export async function findLargestGap(executor: Executor): Promise<LargestGap | null> {
  const [gap] = await rowsOf<LargestGap>(
    executor,
    `select s.settlement_date as "settlementDate", g.calculations,
            cardinality(s.failed_periods) + cardinality(s.unfetched_periods) as periods
     from reconciliation.day_facts s
     cross join lateral (
       select sum(abs(coalesce(n.calculations, 0) - case s.outcome when 'blocked' then 0 else s.combinations end))::integer as calculations
       from calculation.miner_models m
       left join calculation.calculation_counts n on n.settlement_date = s.settlement_date and n.miner_model = m.miner_model
     ) g
     where s.state in ('absent', 'partial')
       and (g.calculations > 0 or s.failed_periods <> '{}' or s.unfetched_periods <> '{}' or s.calculation_lags or s.summary_lags)
     order by g.calculations desc, periods desc, s.settlement_date desc
     limit 1`,
  );
  return gap ?? null;
}
