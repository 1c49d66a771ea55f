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
    /** Why the newest fetch failed; null when it did not. */
    failure: string | null;
  } | null;
  /** In order; a period of which nothing is known is left out. */
  periods: StoredWindPeriod[];
}

/** Wind generation of a date, period by period, from what the source said itself. */
export async function findWindGeneration(executor: Executor, settlementDate: string): Promise<StoredWindDay> {
  return await rowOf<StoredWindDay>(
    executor,
    `select
       (select jsonb_build_object('revision', s.revision, 'final', d.source_final, 'failure', d.cause_detail)
        from ingestion.wind_generation_days d
        left join summary.daily_wind_generation s using (settlement_date)
        where d.settlement_date = $1) as day,
       (select coalesce(json_agg(json_build_object(
          'settlementPeriod', w.settlement_period, 'onshoreMw', w.onshore_mw::text, 'offshoreMw', w.offshore_mw::text,
          'onshoreMwh', (w.onshore_mw * 0.5)::text, 'offshoreMwh', (w.offshore_mw * 0.5)::text)
          order by w.settlement_period), '[]')
        from ingestion.wind_generation_data w where w.settlement_date = $1) as periods`,
    [settlementDate],
  );
}
