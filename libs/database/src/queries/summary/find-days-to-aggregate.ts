import { type Executor, rowsOf } from '../../executor.js';

export interface DayToAggregate {
  settlementDate: string;
  /** Of the calculated day that the summaries will rest on. */
  calculationRevision: number;
  /** The summaries rest on that revision already. */
  upToDate: boolean;
}

/**
 * Days among those asked for whose summaries do not rest on the newest calculations.
 *
 * A day whose calculations themselves lag behind the ingested content is left out: it comes again when they caught up.
 *
 * @param everyDay also the days that are up to date: a summary may have been damaged
 */
export async function findDaysToAggregate(
  executor: Executor,
  settlementDates: readonly string[],
  everyDay: boolean,
): Promise<DayToAggregate[]> {
  return await rowsOf<DayToAggregate>(
    executor,
    `select c.settlement_date as "settlementDate", c.revision as "calculationRevision",
            a.derived_from is not distinct from c.revision as "upToDate"
     from calculation.calculated_days c
     join ingestion.settlement_days d on d.settlement_date = c.settlement_date and d.revision = c.derived_from
     left join summary.aggregated_days a on a.settlement_date = c.settlement_date
     where c.settlement_date = any($1::date[]) and ($2 or a.derived_from is distinct from c.revision)
     order by c.settlement_date`,
    [settlementDates, everyDay],
  );
}
