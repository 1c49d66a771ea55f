import { type Executor, rowsOf } from '../../executor.js';

export interface MovedDate {
  settlementDate: string;
  what: 'ingested' | 'calculated' | 'summarised';
  at: string;
}

/** The dates that something was done to after an instant, with what was done last; the newest first. */
export async function findMovedDates(executor: Executor, sinceAt: string, limit: number): Promise<MovedDate[]> {
  return await rowsOf<MovedDate>(
    executor,
    `select distinct on (settlement_date) settlement_date as "settlementDate", what, at from (
       select settlement_date, 'ingested' as what, fetched_at as at from ingestion.settlement_days where fetched_at > $1
       union all
       select settlement_date, 'calculated', calculated_at from calculation.calculated_days where calculated_at > $1
       union all
       select settlement_date, 'summarised', aggregated_at from summary.aggregated_days where aggregated_at > $1
     ) m
     order by settlement_date desc, at desc
     limit $2`,
    [sinceAt, limit],
  );
}
