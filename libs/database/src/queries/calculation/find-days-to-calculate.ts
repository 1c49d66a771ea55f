import { type Executor, rowsOf } from '../../executor.js';

export interface DayToCalculate {
  settlementDate: string;
  /** Of the ingested day that the calculations will rest on. */
  ingestionRevision: number;
  /** The calculations rest on that revision already. */
  upToDate: boolean;
}

/**
 * Days among those asked for whose calculations do not rest on the newest ingested content.
 *
 * @param everyDay also the days that are up to date: the difficulty may have changed
 */
export async function findDaysToCalculate(
  executor: Executor,
  settlementDates: readonly string[],
  everyDay: boolean,
): Promise<DayToCalculate[]> {
  return await rowsOf<DayToCalculate>(
    executor,
    `select d.settlement_date as "settlementDate", d.revision as "ingestionRevision",
            c.derived_from is not distinct from d.revision as "upToDate"
     from ingestion.settlement_days d
     left join calculation.calculated_days c using (settlement_date)
     where d.settlement_date = any($1::date[]) and d.revision is not null and ($2 or c.derived_from is distinct from d.revision)
     order by d.settlement_date`,
    [settlementDates, everyDay],
  );
}
