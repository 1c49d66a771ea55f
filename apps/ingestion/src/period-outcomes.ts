import { type PeriodOutcome } from '@app/database';
import { isFailed, type PeriodFetch } from './period-fetcher.service.js';

/**
 * What is to be recorded of each period of a day: of those fetched what came of it, of the others why they were not.
 *
 * @param settled how many of the day's periods the source ought to have
 */
export function periodOutcomes(
  fetches: readonly PeriodFetch[],
  periodsExpected: number,
  settled: number,
): PeriodOutcome[] {
  const fetched = new Map(fetches.map((fetch) => [fetch.settlementPeriod, fetch]));
  return Array.from({ length: periodsExpected }, (_, index) => {
    const settlementPeriod = index + 1;
    const fetch = fetched.get(settlementPeriod);
    if (fetch !== undefined) return outcomeOf(fetch);
    return { ...NOT_ASKED, settlementPeriod, state: settlementPeriod > settled ? 'not-settled' : 'not-fetched' };
  });
}

const NOT_ASKED = {
  causeCode: null,
  causeDetail: null,
  answer: null,
  fetchedAt: null,
  sourceCreatedAt: null,
  rowCount: 0,
  contentHash: null,
  uncountedUnitIds: [],
};

function outcomeOf(fetch: PeriodFetch): PeriodOutcome {
  const { settlementPeriod, fetchedAt } = fetch;
  if (isFailed(fetch)) {
    const { code: causeCode, detail: causeDetail } = fetch.failure;
    return { ...NOT_ASKED, settlementPeriod, state: 'failed', causeCode, causeDetail, fetchedAt };
  }
  const { answer, recordCount: rowCount, contentHash, uncountedUnitIds, sourceCreatedAt } = fetch;
  return {
    ...NOT_ASKED,
    settlementPeriod,
    state: rowCount === 0 ? 'fetched-empty' : 'fetched',
    answer,
    fetchedAt,
    sourceCreatedAt,
    rowCount,
    contentHash,
    uncountedUnitIds,
  };
}
