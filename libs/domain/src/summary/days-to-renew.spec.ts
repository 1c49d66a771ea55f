import { describe, expect, it } from '@jest/globals';
import { daysToRenew, type WrittenSummaries } from './days-to-renew.js';

const nothing: WrittenSummaries = { dates: [], months: [], years: [] };

/** The dates that are renewed of those that are given; one with a `*` is not up to date. */
function renewed(dates: readonly string[], written: Partial<WrittenSummaries>): string[] {
  const days = dates.map((date) => ({ settlementDate: date.replace('*', ''), upToDate: !date.endsWith('*') }));
  return daysToRenew(days, { ...nothing, ...written }).map(({ settlementDate }) => settlementDate);
}

describe('daysToRenew', () => {
  it('renews no day when nothing was written', () => {
    expect(renewed(['2025-05-30', '2025-05-31'], {})).toEqual([]);
  });

  it('renews the day that changed, and no other of its month', () => {
    const written = { dates: ['2025-05-31'], months: ['2025-05'], years: [2025] };
    expect(renewed(['2025-05-30', '2025-05-31', '2025-06-01'], written)).toEqual(['2025-05-31']);
  });

  it('renews a day that was not up to date, also when its rows stay', () => {
    expect(renewed(['2025-05-30*', '2025-05-31'], {})).toEqual(['2025-05-30']);
  });

  it.each<[string, Partial<WrittenSummaries>, string[]]>([
    ['a month', { months: ['2025-06'] }, ['2025-06-01', '2025-06-02']],
    ['a year', { years: [2024] }, ['2024-12-30', '2024-12-31']],
    ['both, of which the one is in the other', { months: ['2024-12'], years: [2024] }, ['2024-12-30', '2024-12-31']],
    [
      'a month beside a day of another',
      { dates: ['2025-05-31'], months: ['2025-05', '2025-06'], years: [2025] },
      ['2025-05-31', '2025-06-01', '2025-06-02'],
    ],
  ])('renews the days of what was damaged itself: %s', (_, written, expected) => {
    expect(renewed(['2024-12-30', '2024-12-31', '2025-05-31', '2025-06-01', '2025-06-02'], written)).toEqual(expected);
  });

  it('cannot renew what has no day among those that are rebuilt', () => {
    expect(renewed(['2025-05-31'], { months: ['2025-06'] })).toEqual([]);
  });
});
