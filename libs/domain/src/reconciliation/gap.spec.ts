import { describe, expect, it } from '@jest/globals';
import { type Gap, worstFirst } from './gap.js';

const gap = (settlementDate: string, changes: Partial<Gap>): Gap => ({
  settlementDate,
  cause: 'not-calculated',
  periods: [],
  missingCalculations: 0,
  surplusCalculations: 0,
  detail: '',
  repair: '',
  ...changes,
});

describe('worstFirst', () => {
  it('puts what is not known before what was not derived, and that before what is derived and wrong', () => {
    const sorted = worstFirst([
      gap('2025-05-01', { cause: 'stale-revision' }),
      gap('2025-05-02', { cause: 'surplus-rows', surplusCalculations: 9_000 }),
      gap('2025-05-03', { cause: 'not-calculated' }),
      gap('2025-05-04', { cause: 'not-fetched' }),
    ]);
    expect(sorted.map(({ cause }) => cause)).toEqual([
      'not-fetched',
      'not-calculated',
      'surplus-rows',
      'stale-revision',
    ]);
  });

  it('puts more calculations first, then more periods, then the newer date', () => {
    const sorted = worstFirst([
      gap('2025-05-01', { missingCalculations: 3 }),
      gap('2025-05-02', { missingCalculations: 3 }),
      gap('2025-05-03', { periods: [1, 2] }),
      gap('2025-05-04', { missingCalculations: 6_600 }),
      gap('2025-05-05', { periods: [1] }),
    ]);
    expect(sorted.map(({ settlementDate }) => settlementDate.slice(-1))).toEqual(['4', '2', '1', '3', '5']);
  });
});
