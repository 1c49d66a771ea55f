import { type Executor, rowsOf } from '../../executor.js';

export interface SummedWindDay {
  settlementDate: string;
  /** Of the summary, drawn anew. */
  revision: number;
  /** Revision of the ingested day that it rests on. */
  derivedFrom: number;
}

const returned = `settlement_date as "settlementDate", revision, derived_from as "derivedFrom"`;

/**
 * Sums the wind generation of some days, MWh being mean MW for half an hour. Equal rows are not rewritten; a day of which nothing
 * is stored has no row. A day whose half hours are not those that were fetched keeps its sums until it is fetched again.
 *
 * @returns the days whose row was written
 */
export async function rebuildDailyWindGeneration(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<SummedWindDay[]> {
  return await rowsOf<SummedWindDay>(
    transaction,
    `with fetched as materialized (
       select settlement_date, d.revision as derived_from, w.onshore_mwh, w.offshore_mwh, w.periods_loaded
       from unnest($1::date[]) as a (settlement_date)
       left join ingestion.wind_generation_days d using (settlement_date)
       left join (
         select * from ingestion.wind_generation_sums where settlement_date = any($1::date[])
       ) w using (settlement_date)
       where d.content_hash is not distinct from w.content_hash
     ),
     gone as (
       delete from summary.daily_wind_generation s using fetched f
       where s.settlement_date = f.settlement_date and (f.derived_from is null or f.periods_loaded is null)
     )
     insert into summary.daily_wind_generation as s (settlement_date, onshore_mwh, offshore_mwh, periods_loaded, revision, derived_from)
     select settlement_date, onshore_mwh, offshore_mwh, periods_loaded, nextval('summary.revision'), derived_from
     from fetched
     where derived_from is not null and periods_loaded is not null
     order by settlement_date
     on conflict (settlement_date) do update set
       onshore_mwh = excluded.onshore_mwh, offshore_mwh = excluded.offshore_mwh, periods_loaded = excluded.periods_loaded,
       revision = excluded.revision, derived_from = excluded.derived_from
     where (s.onshore_mwh, s.offshore_mwh, s.periods_loaded, s.derived_from)
       is distinct from (excluded.onshore_mwh, excluded.offshore_mwh, excluded.periods_loaded, excluded.derived_from)
     returning ${returned}`,
    [settlementDates],
  );
}

/** Draws new revisions for days that are right themselves, since a sum above them was not. */
export async function renewDailyWindGeneration(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<SummedWindDay[]> {
  return await rowsOf<SummedWindDay>(
    transaction,
    `update summary.daily_wind_generation set revision = nextval('summary.revision')
     where settlement_date = any($1::date[]) returning ${returned}`,
    [settlementDates],
  );
}
