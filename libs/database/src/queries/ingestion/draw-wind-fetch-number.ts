import { type Executor, rowOf } from '../../executor.js';

/** Draws the number that fences a fetch of wind generation: it is stored only on days that no higher number has reached. */
export async function drawWindFetchNumber(executor: Executor): Promise<number> {
  const { fetchNumber } = await rowOf<{ fetchNumber: number }>(
    executor,
    `select nextval('ingestion.wind_generation_fetch') as "fetchNumber"`,
  );
  return fetchNumber;
}
