import { type Executor, rowOf } from '../../executor.js';

/** What the source has published of a settlement period: exact decimal text, null where it has published nothing. */
export interface StoredWindPeriod {
  settlementPeriod: number;
  onshoreMw: string | null;
  offshoreMw: string | null;
  onshoreMwh: string | null;
  offshoreMwh: string | null;
}

export interface StoredWindDay {
  /** Null when the date was never asked for. */
  day: {
    /** Of the sums; null while there are none. */
    revision: number | null;
    /** Whether the source is not expected to change it any more. */
    final: boolean;
    /** Why what is stored is not all that the source has: the newest fetch failed, or somebody altered it; null otherwise. */
    failure: string | null;
  } | null;
  /** In order; a period of which nothing is known is left out. */
  periods: StoredWindPeriod[];
}

/**
 * Wind generation of a date, period by period, from what the source said itself. Half hours that are not those that were fetched
 * are as good as none: somebody altered them, and only the source knows what they were.
 */
export async function findWindGeneration(executor: Executor, settlementDate: string): Promise<StoredWindDay> {
  return await rowOf<StoredWindDay>(
    executor,
    `with fetched as (
       select g.revision, d.source_final, d.cause_detail, d.content_hash is distinct from s.content_hash as altered
       from ingestion.wind_generation_days d
       left join (select * from ingestion.wind_generation_sums where settlement_date = $1) s using (settlement_date)
       left join summary.daily_wind_generation g using (settlement_date)
       where d.settlement_date = $1
     )
     select
       (select jsonb_build_object('revision', revision, 'final', source_final, 'failure',
          case when altered then 'The half hours are not those that were fetched.' else cause_detail end)
        from fetched) as day,
       (select coalesce(json_agg(json_build_object(
          'settlementPeriod', w.settlement_period, 'onshoreMw', w.onshore_mw::text, 'offshoreMw', w.offshore_mw::text,
          'onshoreMwh', (w.onshore_mw * 0.5)::text, 'offshoreMwh', (w.offshore_mw * 0.5)::text)
          order by w.settlement_period), '[]')
        from ingestion.wind_generation_data w
        where w.settlement_date = $1 and (select not altered from fetched)) as periods`,
    [settlementDate],
  );
}
