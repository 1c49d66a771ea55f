import { describe, expect, it } from '@jest/globals';
import { doubtNotFound, NO_RECORDS } from './doubt-not-found.js';
import { type LoadedPeriod, type PeriodFetch } from './period-fetcher.service.js';

const loaded = (settlementPeriod: number, answer: LoadedPeriod['answer']): LoadedPeriod => ({
  settlementPeriod,
  fetchedAt: '2026-07-11T10:00:00.000Z',
  answer,
  recordCount: 0,
  records: '',
  contentHash: NO_RECORDS,
  uncountedUnitIds: [],
  sourceCreatedAt: null,
});
const failed: PeriodFetch = {
  settlementPeriod: 9,
  fetchedAt: '2026-07-11T10:00:00.000Z',
  failure: { code: 'source-unavailable', detail: 'HTTP 500, 5 attempts' },
};
const nothingStored = () => undefined;
const detailOf = (fetch: PeriodFetch | undefined) =>
  fetch !== undefined && 'failure' in fetch ? fetch.failure.detail : null;

describe('a period that the source does not know (404)', () => {
  it('has no rows, as long as the source knows another', () => {
    const fetches = [loaded(1, 'not-found'), loaded(2, 'empty'), failed];
    expect(doubtNotFound(fetches, nothingStored)).toEqual(fetches);
  });

  it('failed when nothing was found at all: the address may be wrong', () => {
    const [first, second] = doubtNotFound([loaded(1, 'not-found'), failed], nothingStored);
    expect(detailOf(first)).toMatch(/^HTTP 404 for all that was asked/);
    expect(second).toBe(failed);
  });

  it('failed when records of it are stored', () => {
    const stored = (period: number) => (period === 1 ? 'a hash of records' : NO_RECORDS);
    const [first, second] = doubtNotFound([loaded(1, 'not-found'), loaded(2, 'not-found'), loaded(3, 'rows')], stored);
    expect(detailOf(first)).toMatch(/^HTTP 404 although records are stored/);
    expect(detailOf(second)).toBeNull();
  });
});
