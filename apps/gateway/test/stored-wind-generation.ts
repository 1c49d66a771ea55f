import {
  drawWindFetchNumber,
  type Executor,
  lockWindGenerationDays,
  rebuildDailyWindGeneration,
  rebuildMonthlyWindGeneration,
  rebuildYearlyWindGeneration,
  recordFailedWindFetch,
  stampWindGenerationDays,
  storeWindPeriods,
} from '@app/database';
import { finalAt, monthOf, settlementPeriodsOf, yearOf } from '@app/domain';

/** Mean MW of a period; null is not known. */
type Output = (settlementPeriod: number) => [onshore: number | null, offshore: number | null];

/** Puts the wind generation of a day into the tables as the services would, and sums it. */
export async function storeWindGeneration(
  owner: Executor,
  settlementDate: string,
  output: Output,
  { askedAt = '2025-06-10T00:00:00Z' } = {},
): Promise<void> {
  const fetchNumber = await drawWindFetchNumber(owner);
  const periodsExpected = settlementPeriodsOf(settlementDate);
  const publishedAt = new Date(Date.parse('2026-01-01') + fetchNumber * 1000).toISOString();
  const reading = (mw: number | null) => (mw === null ? null : { meanMw: String(mw), publishedAt });
  const periods = Array.from({ length: periodsExpected }, (_, index) => {
    const [onshore, offshore] = output(index + 1);
    return { settlementDate, settlementPeriod: index + 1, onshore: reading(onshore), offshore: reading(offshore) };
  }).filter(({ onshore, offshore }) => onshore !== null || offshore !== null);
  await lockWindGenerationDays(owner, [{ settlementDate, periodsExpected }], fetchNumber);
  await storeWindPeriods(owner, periods);
  await stampWindGenerationDays(owner, {
    settlementDates: [settlementDate],
    fetchNumber,
    changedDates: [settlementDate],
    askedAt,
    finalAt: [finalAt(settlementDate)],
  });
  await rebuildDailyWindGeneration(owner, [settlementDate]);
  await rebuildMonthlyWindGeneration(owner, [monthOf(settlementDate)]);
  await rebuildYearlyWindGeneration(owner, [yearOf(settlementDate)]);
}

/** Lets the newest fetch of a day be one that failed. */
export async function failWindFetch(owner: Executor, settlementDate: string, detail: string): Promise<void> {
  const fetchNumber = await drawWindFetchNumber(owner);
  const periodsExpected = settlementPeriodsOf(settlementDate);
  await lockWindGenerationDays(owner, [{ settlementDate, periodsExpected }], fetchNumber);
  const failure = { code: 'source-unavailable', detail };
  await recordFailedWindFetch(owner, { settlementDates: [settlementDate], fetchNumber }, failure);
}
