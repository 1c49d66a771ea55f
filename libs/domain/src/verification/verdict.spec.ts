import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ComparisonOutcome, verdictOf } from './verdict.js';

const times = (count: number, outcome: ComparisonOutcome): ComparisonOutcome[] =>
  Array.from({ length: count }, () => outcome);

describe('the verdict of a verification', () => {
  // The limits are those of confidence.spec.ts, of other programs.
  it.each([
    [48, times(15, 'same'), 'same', '15 of 48 periods agree; with 95 % confidence fewer than 8 differ.'],
    [46, times(5, 'same'), 'same', '5 of 46 periods agree; with 95 % confidence fewer than 20 differ.'],
    [46, times(46, 'same'), 'same', '46 of 46 periods agree; all were compared.'],
    [
      48,
      [...times(10, 'same'), ...times(5, 'differs')],
      'differs',
      '10 of 48 periods agree and 5 differ; with 95 % confidence fewer than 27 differ in all.',
    ],
    [
      50,
      [...times(45, 'same'), ...times(5, 'differs')],
      'differs',
      '45 of 50 periods agree and 5 differ; all were compared.',
    ],
    [
      48,
      [...times(10, 'same'), 'failed'],
      'unknown',
      '10 of 48 periods agree; with 95 % confidence fewer than 12 differ. 1 could not be compared.',
    ],
    [
      48,
      [...times(10, 'differs'), 'failed'],
      'differs',
      '0 of 48 periods agree and 10 differ; for all that is known, every one may differ. 1 could not be compared.',
    ],
    [48, times(5, 'failed'), 'unknown', 'None of 48 periods was compared. 5 could not be compared.'],
    [0, [], 'unknown', 'No period has settled yet.'],
  ] as const)('on %i periods of which %j, is %s: %s', (settled, outcomes, outcome, confidence) => {
    expect(verdictOf(settled, outcomes)).toEqual({ outcome, confidence });
  });

  it('is same only when every period that was looked at is', () => {
    const outcomes = fc.array(fc.constantFrom<ComparisonOutcome>('same', 'differs', 'failed'), { maxLength: 48 });
    fc.assert(
      fc.property(outcomes, (some) => {
        const { outcome } = verdictOf(48, some);
        expect(outcome === 'same').toBe(some.length > 0 && some.every((one) => one === 'same'));
        expect(outcome === 'differs').toBe(some.includes('differs'));
      }),
    );
  });
});
