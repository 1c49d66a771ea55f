import { type Executor, rowsOf } from '../../executor.js';
import { type DateRange } from './find-gaps.js';

export interface DayToCheck {
  settlementDate: string;
  /** Its summaries rest on its newest calculations. */
  summarised: boolean;
}

/** Days of a range of which the ledgers say that their calculations rest on what is stored, in order. */
export async function findDaysToCheck(executor: Executor, { from, to }: DateRange): Promise<DayToCheck[]> {
  return await rowsOf<DayToCheck>(
    executor,
    `select c.settlement_date as "settlementDate", a.derived_from is not distinct from c.revision as summarised
     from calculation.calculated_days c
     join ingestion.settlement_days d on d.settlement_date = c.settlement_date and d.revision = c.derived_from
     left join summary.aggregated_days a on a.settlement_date = c.settlement_date
     where c.settlement_date between $1 and $2
     order by c.settlement_date`,
    [from, to],
  );
}
