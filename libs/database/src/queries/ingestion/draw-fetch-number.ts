import { type Executor, rowOf } from '../../executor.js';

/**
 * Notes that a fetch of a day begins and draws the number that fences it: what is fetched is stored only while no higher
 * number is recorded for the day.
 *
 * @param requestId id of the event that asked for the fetch
 */
export async function drawFetchNumber(executor: Executor, settlementDate: string, requestId: string): Promise<number> {
  const { fetchNumber } = await rowOf<{ fetchNumber: number }>(
    executor,
    `insert into ingestion.fetches (settlement_date, request_id) values ($1, $2) returning fetch_number as "fetchNumber"`,
    [settlementDate, requestId],
  );
  return fetchNumber;
}
