import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settledPeriodsOf, settlementPeriodsOf } from '../settlement/settlement-day.js';
import { firstSample, furtherSample, largestSample, SAMPLINGS } from './sample-periods.js';

/** Long after any day below. */
const later = '2027-01-01T00:00:00Z';
const first = (sampling: (typeof SAMPLINGS)[number], date: string, nowAt = later, seed = 'seed') =>
  firstSample(sampling, date, nowAt, seed);

describe('the periods of a verification', () => {
  it.each([
    ['2025-05-26', [1, 12, 24, 36, 48]],
    ['2025-03-30', [1, 12, 24, 36, 46]],
    ['2025-10-26', [1, 12, 24, 36, 50]],
  ])('are, with fixed sampling of %s, %j', (date, periods) => {
    expect(first('fixed', date)).toEqual(periods);
    expect(first('progressive', date)).toEqual(periods);
    expect(furtherSample('fixed', date, later, 'seed', periods)).toEqual([]);
  });

  it.each([
    ['2025-05-26', 48],
    ['2025-03-30', 46],
    ['2025-10-26', 50],
  ])('are, with full sampling of %s, all %i', (date, last) => {
    expect(first('full', date)).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  });

  it('are those that have settled, of a day that is not over', () => {
    // 12:10 in summer: period 23 ended at 11:30 and is 40 minutes old, period 24 ended at 12:00 and has not settled.
    const noon = '2025-06-15T11:10:00Z';
    expect(first('fixed', '2025-06-15', noon)).toEqual([1, 12]);
    expect(first('full', '2025-06-15', noon)).toHaveLength(23);
    expect(Math.max(...first('random', '2025-06-15', noon))).toBeLessThanOrEqual(23);
    expect(first('full', '2025-06-16', noon)).toEqual([]);
    expect(first('random', '2025-06-16', noon)).toEqual([]);
  });

  it('are ten more at random, of those not yet compared, when something differs with progressive sampling', () => {
    const fixed = first('progressive', '2025-03-30');
    const further = furtherSample('progressive', '2025-03-30', later, 'seed', fixed);
    expect(further).toHaveLength(10);
    expect(new Set([...fixed, ...further]).size).toBe(15);
  });

  const day = fc.integer({ min: 0, max: 9_000 }).map((days) => {
    return new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
  });

  it('are never such as the day does not have, nor such as have not settled, nor more than were promised', () => {
    const nowAt = fc.integer({ min: 0, max: 49 }).map((halfHours) => halfHours * 1_800_000);
    fc.assert(
      fc.property(day, fc.constantFrom(...SAMPLINGS), fc.string(), nowAt, (date, sampling, seed, sinceMidnight) => {
        const now = new Date(Date.parse(`${date}T00:00:00Z`) + sinceMidnight).toISOString();
        const start = first(sampling, date, now, seed);
        const all = [...start, ...furtherSample(sampling, date, now, seed, start)];
        expect(new Set(all).size).toBe(all.length);
        expect(all.length).toBeLessThanOrEqual(largestSample(sampling, date));
        expect(all.every((period) => period >= 1 && period <= settledPeriodsOf(date, now))).toBe(true);
      }),
    );
  });

  it('are as many as promised once the day is over', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...SAMPLINGS), fc.string(), (date, sampling, seed) => {
        const start = first(sampling, date, later, seed);
        const all = [...start, ...furtherSample(sampling, date, later, seed, start)];
        expect(all).toHaveLength(largestSample(sampling, date));
        expect(Math.max(...all)).toBeLessThanOrEqual(settlementPeriodsOf(date));
      }),
    );
  });
});
