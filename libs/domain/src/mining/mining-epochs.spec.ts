import { describe, expect, it } from '@jest/globals';
import { settlementDatesBetween } from '../settlement/settlement-date.js';
import { settlementPeriodsOf } from '../settlement/settlement-day.js';
import { isRevalued, type MiningEpochs, miningEpochsOf } from './mining-epochs.js';

// Block headers, as in ../shared/data/difficulty.csv.
const march = { height: 836640, fromUnix: 1711619463, difficulty: '83126997340024' }; // 2024-03-28T09:51:03Z
const april = { height: 838656, fromUnix: 1712783853, difficulty: '86388558925171' }; // 2024-04-10T21:17:33Z
const later = { height: 840672, fromUnix: 1713970312, difficulty: '88104191118793' }; // 2024-04-24T14:51:52Z
const retargets = [march, april, later];

describe('miningEpochsOf', () => {
  it('is one run on a day without a change', () => {
    expect(miningEpochsOf('2024-04-16', retargets)).toEqual({
      blocked: false,
      epochs: [
        { fromPeriod: 1, toPeriod: 48, difficulty: '86388558925171', blockSubsidyBtc: '6.25', provisional: false },
      ],
    });
  });

  it('halves the subsidy inside settlement day 2024-04-20: 6.25 to period 3, which holds block 840000, then 3.125', () => {
    expect(miningEpochsOf('2024-04-20', retargets)).toEqual({
      blocked: false,
      epochs: [
        { fromPeriod: 1, toPeriod: 3, difficulty: '86388558925171', blockSubsidyBtc: '6.25', provisional: false },
        { fromPeriod: 4, toPeriod: 48, difficulty: '86388558925171', blockSubsidyBtc: '3.125', provisional: false },
      ],
    });
  });

  it('changes the difficulty inside a day, and is provisional after the last known retarget', () => {
    // 14:51:52Z is 15:51:52 in summer time: inside period 32, which begins at 15:30.
    expect(miningEpochsOf('2024-04-24', retargets)).toEqual({
      blocked: false,
      epochs: [
        { fromPeriod: 1, toPeriod: 32, difficulty: '86388558925171', blockSubsidyBtc: '3.125', provisional: false },
        { fromPeriod: 33, toPeriod: 48, difficulty: '88104191118793', blockSubsidyBtc: '3.125', provisional: true },
      ],
    });
  });

  it('is blocked as a whole where the last retarget is too old for some periods', () => {
    // 20 days end on 2024-05-14 at 14:51:52Z, inside period 32 again.
    expect(miningEpochsOf('2024-05-14', retargets)).toEqual({
      blocked: true,
      detail:
        'No difficulty for 2024-05-14 from period 33 (2024-05-14T15:00:00Z): the last known one, retarget 840672 of ' +
        '2024-04-24T14:51:52Z, is more than 20 days earlier; add those since. A retarget is added by POST /api/difficulty.',
      periods: Array.from({ length: 16 }, (_, index) => 33 + index),
    });
  });

  it('is blocked where the table begins inside the day', () => {
    // 09:51:03Z, winter time: inside period 20, which begins at 09:30.
    expect(miningEpochsOf('2024-03-28', retargets)).toMatchObject({
      blocked: true,
      periods: Array.from({ length: 20 }, (_, index) => 1 + index),
    });
  });

  it('is blocked between two retargets that do not follow each other', () => {
    expect(miningEpochsOf('2024-04-05', [march, later])).toMatchObject({
      blocked: true,
      detail: expect.stringContaining('retargets are missing'),
    });
  });

  it('covers every day without gap or overlap, also when clocks change', () => {
    for (const date of settlementDatesBetween('2024-03-29', '2024-05-13')) {
      const result = miningEpochsOf(date, retargets);
      if (result.blocked) throw new Error(result.detail);
      let next = 1;
      for (const { fromPeriod, toPeriod } of result.epochs) {
        expect(fromPeriod).toBe(next);
        expect(toPeriod).toBeGreaterThanOrEqual(fromPeriod);
        next = toPeriod + 1;
      }
      expect(next - 1).toBe(settlementPeriodsOf(date));
    }
  });

  it('refuses what is no settlement date', () => {
    expect(() => miningEpochsOf('2024-02-30', retargets)).toThrow(
      expect.objectContaining({ code: 'impossible-settlement-date' }),
    );
  });
});

describe('isRevalued', () => {
  const valuedBy = (mining: MiningEpochs) =>
    mining.blocked ? [] : mining.epochs.map(({ provisional: _, ...epoch }) => epoch);
  /** How a date was valued before, and is by what is known now. */
  const revalued = (date: string, before: typeof retargets, now: typeof retargets) =>
    isRevalued(valuedBy(miningEpochsOf(date, before)), miningEpochsOf(date, now));

  it('is a day that a new retarget comes before, though it is the newest again', () => {
    expect(revalued('2024-04-12', [march], [march, april])).toBe(true);
  });

  it('is a day that a new retarget falls into', () => {
    expect(revalued('2024-04-10', [march], [march, april])).toBe(true);
  });

  it('is a day that a new retarget comes after: it is final now', () => {
    expect(revalued('2024-04-09', [march], [march, april])).toBe(true);
  });

  it('is a day that was blocked, once it is not', () => {
    // More than 20 days after that of March.
    expect(revalued('2024-04-20', [march], [march, april])).toBe(true);
    expect(revalued('2024-05-20', [march], [march, april])).toBe(false);
  });

  it('is none of which nothing new is known', () => {
    expect(revalued('2024-04-12', [march, april], [march, april])).toBe(false);
    expect(revalued('2024-04-10', [march, april], [march, april])).toBe(false);
  });
});
