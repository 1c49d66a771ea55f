import { type Executor, rowOf } from '../../executor.js';

export interface DrawnFetch {
  fetchNumber: number;
  /** The newest one; null while no register was ever stored. */
  registerVersion: number | null;
}

/**
 * Notes that a fetch of a day begins and draws the number that fences it: what is fetched is stored only while no higher
 * number is recorded for the day.
 *
 * @param requestId id of the event that asked for the fetch
 */
export async function drawFetchNumber(
  executor: Executor,
  settlementDate: string,
  requestId: string,
): Promise<DrawnFetch> {
  return await rowOf<DrawnFetch>(
    executor,
    `insert into ingestion.fetches (settlement_date, request_id) values ($1, $2)
     returning fetch_number as "fetchNumber",
               (select max(version) from ingestion.register_versions) as "registerVersion"`,
    [settlementDate, requestId],
  );
}
