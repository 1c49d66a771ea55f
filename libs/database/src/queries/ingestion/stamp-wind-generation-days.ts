import { WindfallError } from '@app/domain';
import { type Executor, rowsOf, run } from '../../executor.js';

export interface StampedWindDay {
  settlementDate: string;
  /** Null while nothing was ever loaded. */
  revision: number | null;
  /** Whether it was drawn now. */
  renewed: boolean;
  periodsExpected: number;
  /** Periods of which both onshore and offshore are known. */
  periodsLoaded: number;
  onshoreMwh: string | null;
  offshoreMwh: string | null;
}

/** A fetch of some days, all of which are locked and none of which a newer fetch has reached. */
interface WindFetchStamp {
  settlementDates: readonly string[];
  fetchNumber: number;
}

/**
 * Closes a fetch that the source answered: counts and sums what is stored of each day, and draws a new revision for those whose
 * content changed, and for those whose revision somebody took away.
 *
 * @param finalAt until when the source may change each of the days; one asked for earlier, at `askedAt`, is not final
 * @throws {WindfallError} `superseded` when a fetch with a higher number has committed on one of the days: the last guard, for a
 *   caller who did not leave out what `lockWindGenerationDays` does not return
 */
export async function stampWindGenerationDays(
  transaction: Executor,
  fetch: WindFetchStamp & { changedDates: readonly string[]; askedAt: string; finalAt: readonly string[] },
): Promise<StampedWindDay[]> {
  const { settlementDates, fetchNumber, changedDates, askedAt, finalAt } = fetch;
  const stamped = await rowsOf<StampedWindDay>(
    transaction,
    `update ingestion.wind_generation_days d
     set fetch_number = $2,
         fetched_at = now(),
         revision = case when s.renewed then nextval('ingestion.revision') else d.revision end,
         periods_loaded = s.loaded,
         onshore_mwh = s.onshore_mwh,
         offshore_mwh = s.offshore_mwh,
         content_hash = s.content_hash,
         source_final = $4::timestamptz >= s.final_at,
         cause_code = null,
         cause_detail = null
     from (
       select a.settlement_date, a.final_at, w.onshore_mwh, w.offshore_mwh, coalesce(w.periods_loaded, 0) as loaded,
              w.content_hash, a.settlement_date = any($3::date[]) or o.revision is null and w.periods is not null as renewed
       from unnest($1::date[], $5::timestamptz[]) as a (settlement_date, final_at)
       join ingestion.wind_generation_days o using (settlement_date)
       left join (
         select * from ingestion.wind_generation_sums where settlement_date = any($1::date[])
       ) w using (settlement_date)
     ) s
     where d.settlement_date = s.settlement_date and d.fetch_number <= $2
     returning d.settlement_date as "settlementDate", d.revision, s.renewed, d.periods_expected as "periodsExpected",
               d.periods_loaded as "periodsLoaded", d.onshore_mwh as "onshoreMwh", d.offshore_mwh as "offshoreMwh"`,
    [settlementDates, fetchNumber, changedDates, askedAt, finalAt],
  );
  if (stamped.length === settlementDates.length) return stamped;
  const days = settlementDates.join(', ');
  throw new WindfallError('superseded', `A newer fetch of wind generation has been stored for some of ${days}.`);
}

/** Closes a fetch that failed: records why, and leaves alone what is stored of the days. */
export async function recordFailedWindFetch(
  transaction: Executor,
  { settlementDates, fetchNumber }: WindFetchStamp,
  failure: { code: string; detail: string },
): Promise<void> {
  await run(
    transaction,
    `update ingestion.wind_generation_days
     set fetch_number = $2, fetched_at = now(), cause_code = $3, cause_detail = $4
     where settlement_date = any($1::date[]) and fetch_number <= $2`,
    [settlementDates, fetchNumber, failure.code, failure.detail],
  );
}
