import { type Executor, rowsOf } from '../../executor.js';

/**
 * Deletes what is stored of those days whose half hours are not the ones that their newest fetch left there; the caller has
 * locked the days and has what takes their place. Nothing of such a day can be believed: not what was added or changed, nor a
 * time of publication, which would keep what the source says out.
 *
 * @returns these days
 */
export async function discardAlteredWindPeriods(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<string[]> {
  const altered = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with altered as (
       select d.settlement_date
       from ingestion.wind_generation_days d
       left join (
         select * from ingestion.wind_generation_sums where settlement_date = any($1::date[])
       ) s using (settlement_date)
       where d.settlement_date = any($1::date[]) and d.content_hash is distinct from s.content_hash
     ),
     deleted as (
       delete from ingestion.wind_generation_data w using altered a where w.settlement_date = a.settlement_date
     )
     select settlement_date as "settlementDate" from altered order by 1`,
    [settlementDates],
  );
  return altered.map((day) => day.settlementDate);
}
