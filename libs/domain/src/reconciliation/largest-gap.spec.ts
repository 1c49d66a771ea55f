import { describe, expect, it } from '@jest/globals';
import { type DayGap, largestGap, unreliableHalfHours } from './largest-gap.js';

/** A busy day of which nothing is wrong. */
const day = (settlementDate: string, changes: Partial<DayGap> = {}): DayGap => ({
  settlementDate,
  loadedPeriods: 48,
  unsettledPeriods: 0,
  expectedCalculations: 6_600,
  wrongCalculations: 0,
  ...changes,
});
const never = (settlementDate: string) =>
  day(settlementDate, { loadedPeriods: 0, expectedCalculations: 0, wrongCalculations: 0 });

describe('unreliableHalfHours', () => {
  it.each([
    ['a date that was never fetched', never('2025-05-01'), 48],
    ['a long one', never('2024-10-27'), 50],
    ['a short one', never('2025-03-30'), 46],
    ['two periods that failed', day('2025-05-01', { loadedPeriods: 46 }), 2],
    ['today, with what has settled', day('2025-05-01', { loadedPeriods: 20, unsettledPeriods: 27 }), 1],
    ['no calculation', day('2025-05-01', { wrongCalculations: 6_600 }), 48],
    ['a quarter of them', day('2025-05-01', { wrongCalculations: 1_650 }), 12],
    ['one of them, 48 ÷ 6,600 rounded up', day('2025-05-01', { wrongCalculations: 1 }), 0.008],
    [
      'both: 2 + 46 × 69 ÷ 276',
      day('2025-05-01', { loadedPeriods: 46, expectedCalculations: 276, wrongCalculations: 69 }),
      13.5,
    ],
    ['more surplus ones than there ought to be', day('2025-05-01', { wrongCalculations: 9_000 }), 48],
    ['one where none ought to be', day('2025-05-01', { expectedCalculations: 0, wrongCalculations: 1 }), 48],
    ['nothing but older content', day('2025-05-01'), 0],
  ])('of %s', (_what, gap, halfHours) => {
    expect(unreliableHalfHours(gap)).toBe(halfHours);
  });
});

describe('largestGap', () => {
  it('is none of none', () => {
    expect(largestGap([])).toBeNull();
  });

  it('goes by half hours, then by unknown periods, then by calculations, then by the newest date', () => {
    const worstFirst = [
      never('2024-10-27'),
      never('2025-05-20'),
      // Every fetch of it failed; what is stored of it is older.
      day('2025-05-12', { loadedPeriods: 0, expectedCalculations: 300 }),
      never('2025-05-02'),
      // All is fetched and nothing calculated.
      day('2025-05-28', { wrongCalculations: 6_600 }),
      day('2025-05-09', { wrongCalculations: 300, expectedCalculations: 300 }),
      day('2025-05-04', { loadedPeriods: 47 }),
      day('2025-05-27', { wrongCalculations: 2 }),
      day('2025-05-26', { wrongCalculations: 1 }),
      day('2025-05-11'),
      day('2025-05-10'),
    ];
    const ranked: string[] = [];
    for (let left = worstFirst.toReversed(); left.length > 0;) {
      const largest = largestGap(left);
      ranked.push(largest?.settlementDate ?? '');
      left = left.filter(({ settlementDate }) => settlementDate !== largest?.settlementDate);
    }
    expect(ranked).toEqual(worstFirst.map(({ settlementDate }) => settlementDate));
  });

  it('says how it was measured', () => {
    const gap = day('2025-05-01', { loadedPeriods: 46, expectedCalculations: 276, wrongCalculations: 69 });
    expect(largestGap([gap])).toEqual({
      settlementDate: '2025-05-01',
      halfHours: 13.5,
      periods: 2,
      calculations: 69,
    });
  });
});
