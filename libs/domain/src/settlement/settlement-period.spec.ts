import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, settlementDatesBetween } from './settlement-date.js';
import { dayBoundsAt, settledPeriodsOf, settlementDateAt, settlementPeriodsOf } from './settlement-day.js';
import { firstUnsettledPeriod, parsePeriods, periodStartAt, settlementPeriodFrom } from './settlement-period.js';

const clockChangesAndAround = [
  ...settlementDatesBetween('2025-03-28', '2025-04-01'),
  ...settlementDatesBetween('2025-10-24', '2025-10-28'),
];
const HALF_HOUR_MS = 1_800_000;

describe('settlement periods', () => {
  it('begin at local midnight and follow each other by half an hour, also when clocks change', () => {
    for (const date of clockChangesAndAround) {
      const { startAt, endAt } = dayBoundsAt(date);
      const periods = settlementPeriodsOf(date);
      for (let period = 1; period <= periods; period += 1) {
        const expected = Date.parse(startAt) + (period - 1) * HALF_HOUR_MS;
        expect(Date.parse(periodStartAt(date, period))).toBe(expected);
      }
      expect(Date.parse(periodStartAt(date, periods)) + HALF_HOUR_MS).toBe(Date.parse(endAt));
    }
  });

  // docs/data-sources.md 8: in spring SP 3 starts 01:00Z = 02:00 BST; in autumn SP 5 is 01:00 GMT.
  it.each([
    ['2025-03-30', 3, '2025-03-30T01:00:00Z'],
    ['2025-10-26', 3, '2025-10-26T00:00:00Z'],
    ['2025-10-26', 5, '2025-10-26T01:00:00Z'],
    ['2025-10-26', 50, '2025-10-26T23:30:00Z'],
    ['2026-07-10', 20, '2026-07-10T08:30:00Z'], // startTime of the recorded stack row
    ['2024-04-20', 1, '2024-04-19T23:00:00Z'],
  ])('on %s period %i begins at %s', (date, period, at) => {
    expect(periodStartAt(date, period)).toBe(at);
  });

  it.each([
    // In summer the day ends at 23:00Z, and its last period has settled 20 minutes later.
    ['2025-07-01T22:49:59Z', '2025-07-01', 47],
    ['2025-07-01T22:50:00Z', '2025-07-01', 48],
    ['2025-07-01T23:19:59Z', '2025-07-01', 48],
    ['2025-07-01T23:20:00Z', '2025-07-02', 1],
    ['2025-07-01T23:49:59Z', '2025-07-02', 1],
    ['2025-07-01T23:50:00Z', '2025-07-02', 2],
    // Clocks go forward on the day that ends then, and back on the other.
    ['2025-03-30T23:19:59Z', '2025-03-30', 46],
    ['2025-03-30T23:20:00Z', '2025-03-31', 1],
    ['2025-10-27T00:19:59Z', '2025-10-26', 50],
    ['2025-10-27T00:20:00Z', '2025-10-27', 1],
  ])('have not settled at %s from %s, period %i on', (nowAt, settlementDate, settlementPeriod) => {
    expect(firstUnsettledPeriod(nowAt)).toEqual({ settlementDate, settlementPeriod });
  });

  it('have settled before the first that has not, and that one has not', () => {
    const instant = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (now) => {
        const nowAt = now.toISOString();
        const { settlementDate, settlementPeriod } = firstUnsettledPeriod(nowAt);
        expect(settledPeriodsOf(settlementDate, nowAt)).toBe(settlementPeriod - 1);
        expect(settlementPeriod).toBeLessThanOrEqual(settlementPeriodsOf(settlementDate));
        const before = addDays(settlementDate, -1);
        expect(settledPeriodsOf(before, nowAt)).toBe(settlementPeriodsOf(before));
      }),
    );
  });

  it('belong to the day they were counted in', () => {
    const day = fc.integer({ min: 0, max: 36_889 }).map((days) => {
      return new Date(Date.UTC(2000, 0, 1 + days)).toISOString().slice(0, 10);
    });
    fc.assert(
      fc.property(day, fc.nat(), (date, number) => {
        const period = 1 + (number % settlementPeriodsOf(date));
        expect(settlementDateAt(periodStartAt(date, period))).toBe(date);
      }),
    );
  });

  it('are found again by the instant at which they begin, which no other begins at', () => {
    for (const date of clockChangesAndAround) {
      for (let period = 1; period <= settlementPeriodsOf(date); period += 1) {
        const found = { settlementDate: date, settlementPeriod: period };
        expect(settlementPeriodFrom(periodStartAt(date, period))).toEqual(found);
      }
    }
    expect(settlementPeriodFrom('2025-07-01T00:30:00+01:00')).toEqual({
      settlementDate: '2025-07-01',
      settlementPeriod: 2,
    });
    expect(settlementPeriodFrom('2025-07-01T00:15:00Z')).toBeNull();
  });

  it.each([0, 47, 48, -1, 1.5, NaN])('has no period %d on a day of 46', (period) => {
    expect(() => periodStartAt('2025-03-30', period)).toThrow(
      expect.objectContaining({ code: 'impossible-period', message: expect.stringContaining('1 to 46') }),
    );
  });
});

describe('parsePeriods', () => {
  it('reads one period or a range', () => {
    expect(parsePeriods('12', '2025-05-26')).toEqual([12]);
    expect(parsePeriods('44-48', '2025-05-26')).toEqual([44, 45, 46, 47, 48]);
    expect(parsePeriods('7-7', '2025-05-26')).toEqual([7]);
  });

  it('reads as many as the day has', () => {
    expect(parsePeriods('1-50', '2025-10-26')).toHaveLength(50);
    expect(() => parsePeriods('44-48', '2025-03-30')).toThrow(expect.objectContaining({ code: 'impossible-period' }));
    expect(() => parsePeriods('49', '2025-05-26')).toThrow(expect.objectContaining({ code: 'impossible-period' }));
  });

  it.each(['0', '0-5', '48-44', '999999999999999999999'])('calls %s impossible', (text) => {
    expect(() => parsePeriods(text, '2025-05-26')).toThrow(expect.objectContaining({ code: 'impossible-period' }));
  });

  it.each(['', 'a', '1-', '-5', '1,3', '1-2-3', '1.5', ' 1', '1 - 3', '1\n'])('calls %j malformed', (text) => {
    expect(() => parsePeriods(text, '2025-05-26')).toThrow(expect.objectContaining({ code: 'malformed-periods' }));
  });

  it('checks the date too', () => {
    expect(() => parsePeriods('1', '2025-02-30')).toThrow(
      expect.objectContaining({ code: 'impossible-settlement-date' }),
    );
  });
});
