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
 * is stored has no row.
 *
 * @returns the days whose row was written
 */
export async function rebuildDailyWindGeneration(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<SummedWindDay[]> {
  return await rowsOf<SummedWindDay>(
    transaction,
    `with new as materialized (
       select d.settlement_date, d.revision as derived_from, sum(w.onshore_mw) * 0.5 as onshore_mwh, sum(w.offshore_mw) * 0.5 as offshore_mwh,
              count(*) filter (where w.onshore_mw is not null and w.offshore_mw is not null) as periods_loaded
       from ingestion.wind_generation_days d
       join ingestion.wind_generation_data w using (settlement_date)
       where d.settlement_date = any($1::date[]) and d.revision is not null
       group by d.settlement_date, d.revision
     ),
     gone as (
       delete from summary.daily_wind_generation s
       where s.settlement_date = any($1::date[]) and not exists (select from new n where n.settlement_date = s.settlement_date)
     )
     insert into summary.daily_wind_generation as s (settlement_date, onshore_mwh, offshore_mwh, periods_loaded, revision, derived_from)
     select settlement_date, onshore_mwh, offshore_mwh, periods_loaded, nextval('summary.revision'), derived_from
     from new
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
