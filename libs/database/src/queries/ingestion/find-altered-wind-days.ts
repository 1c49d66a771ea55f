import { type Executor, rowsOf } from '../../executor.js';

/** Those of some days whose half hours are not the ones that their newest fetch left there, in order. */
export async function findAlteredWindDays(executor: Executor, settlementDates: readonly string[]): Promise<string[]> {
  const altered = await rowsOf<{ settlementDate: string }>(
    executor,
    `select settlement_date as "settlementDate"
     from unnest($1::date[]) as a (settlement_date)
     left join ingestion.wind_generation_days d using (settlement_date)
     left join (
       select * from ingestion.wind_generation_sums where settlement_date = any($1::date[])
     ) s using (settlement_date)
     where d.content_hash is distinct from s.content_hash
     order by 1`,
    [settlementDates],
  );
  return altered.map((day) => day.settlementDate);
}
