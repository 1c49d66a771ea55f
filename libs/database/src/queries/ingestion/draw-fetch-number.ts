import { type Executor, rowOf } from '../../executor.js';

/** Draws the number that fences a fetch: it commits only while no higher number is recorded for its day. */
export async function drawFetchNumber(executor: Executor): Promise<number> {
  const { fetchNumber } = await rowOf<{ fetchNumber: number }>(
    executor,
    `select nextval('ingestion.fetch_number') as "fetchNumber"`,
  );
  return fetchNumber;
}
