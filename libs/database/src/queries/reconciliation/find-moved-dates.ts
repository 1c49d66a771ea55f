import { type Executor, rowsOf } from '../../executor.js';

export interface MovedDate {
  settlementDate: string;
  what: 'ingested' | 'calculated' | 'summarised';
  at: string;
}

interface Moves {
  of: 'curtailment' | 'wind generation';
  since: string;
  dates: readonly string[] | null;
  limit: number;
}

/**
 * Dates that something was done to after an instant, with what was done last; the newest first.
 *
 * @param of    what is looked at: curtailment and all that follows from it, or wind generation
 * @param dates the only ones to look at; null for all
 */
export async function findMovedDates(executor: Executor, { of, since, dates, limit }: Moves): Promise<MovedDate[]> {
  return await rowsOf<MovedDate>(
    executor,
    `select distinct on (settlement_date) settlement_date as "settlementDate", what, at from (
       select 'curtailment' as of, settlement_date, 'ingested' as what, fetched_at as at from ingestion.settlement_days
       union all
       select 'curtailment', settlement_date, 'calculated', calculated_at from calculation.calculated_days
       union all
       select 'curtailment', settlement_date, 'summarised', aggregated_at from summary.aggregated_days
       union all
       select 'wind generation', settlement_date, 'ingested', fetched_at from ingestion.wind_generation_days
     ) m
     where of = $1 and at > $2 and ($3::date[] is null or settlement_date = any($3))
     order by settlement_date desc, at desc
     limit $4`,
    [of, since, dates, limit],
  );
}
