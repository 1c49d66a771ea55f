import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { datesOfYear, settlementDatesBetween } from './settlement-date.js';
import {
  dayBoundsAt,
  finalAt,
  localHourAt,
  settledPeriodsOf,
  settlementDateAt,
  settlementPeriodsOf,
} from './settlement-day.js';

/** Last Sunday of a month: the clocks of the United Kingdom change there (Summer Time Order 2002). */
function lastSundayOf(year: number, month: number): string {
  const lastDay = new Date(Date.UTC(year, month, 0));
  return new Date(lastDay.getTime() - lastDay.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}

describe('settlement days', () => {
  it('has 46 periods on the last Sunday of March, 50 on that of October, else 48, from 2000 to 2100', () => {
    for (let year = 2000; year <= 2100; year += 1) {
      const [spring, autumn] = [lastSundayOf(year, 3), lastSundayOf(year, 10)];
      for (const date of datesOfYear(year)) {
        const expected = date === spring ? 46 : date === autumn ? 50 : 48;
        if (settlementPeriodsOf(date) !== expected) throw new Error(`${date}: ${settlementPeriodsOf(date)} periods`);
      }
    }
  });

  // docs/data-sources.md 8
  it.each([
    ['2019-03-31', 46],
    ['2019-10-27', 50],
    ['2024-03-31', 46],
    ['2024-10-27', 50],
    ['2025-03-30', 46],
    ['2025-10-26', 50],
    ['2026-03-29', 46],
    ['2026-10-25', 50],
  ])('counts on the clock change of %s %i periods', (date, periods) => {
    expect(settlementPeriodsOf(date)).toBe(periods);
  });

  it('has two periods for each hour of a year', () => {
    for (const year of [2000, 2024, 2025, 2100]) {
      const dates = datesOfYear(year);
      const hours = dates.length * 24;
      expect(dates.reduce((sum, date) => sum + settlementPeriodsOf(date), 0)).toBe(hours * 2);
    }
  });

  it('begins each day where the last one ended', () => {
    const dates = settlementDatesBetween('2024-01-01', '2025-12-31');
    dates.slice(1).forEach((date, index) => {
      expect(dayBoundsAt(date).startAt).toBe(dayBoundsAt(dates[index] ?? '').endAt);
    });
  });

  // docs/data-sources.md 8: 01:00Z is 02:00 on the spring day; on the autumn day 00:00Z and 01:00Z both are 01:00.
  it.each([
    ['2025-03-30T00:30:00Z', 0],
    ['2025-03-30T01:00:00Z', 2],
    ['2025-10-26T00:00:00Z', 1],
    ['2025-10-26T01:00:00Z', 1],
    ['2025-06-30T22:30:00Z', 23],
  ])('has clocks that show at %s hour %i', (at, hour) => {
    expect(localHourAt(at)).toBe(hour);
  });

  it('begins a day at local midnight', () => {
    expect(dayBoundsAt('2025-01-01')).toEqual({ startAt: '2025-01-01T00:00:00Z', endAt: '2025-01-02T00:00:00Z' });
    expect(dayBoundsAt('2025-07-01')).toEqual({ startAt: '2025-06-30T23:00:00Z', endAt: '2025-07-01T23:00:00Z' });
    expect(dayBoundsAt('2025-10-26')).toEqual({ startAt: '2025-10-25T23:00:00Z', endAt: '2025-10-27T00:00:00Z' });
    expect(dayBoundsAt('2100-12-31').endAt).toBe('2101-01-01T00:00:00Z');
  });

  it('gives each instant to the local day', () => {
    expect(settlementDateAt('2025-06-30T22:59:59.999Z')).toBe('2025-06-30');
    expect(settlementDateAt('2025-06-30T23:00:00Z')).toBe('2025-07-01');
    expect(settlementDateAt('2025-12-31T23:59:59Z')).toBe('2025-12-31');
    expect(() => settlementDateAt('2025-02-30T00:00:00Z')).toThrow(RangeError);
    expect(() => settlementDateAt('2025-02-20')).toThrow(RangeError);
    expect(() => settlementDateAt('2101-01-01T00:00:00Z')).toThrow(
      expect.objectContaining({ code: 'impossible-settlement-date' }),
    );
  });

  it('has settled a period 20 minutes after its end', () => {
    // In summer the day begins at 23:00Z, so its first period ends at 23:30Z.
    expect(settledPeriodsOf('2025-07-01', '2025-06-30T23:49:59Z')).toBe(0);
    expect(settledPeriodsOf('2025-07-01', '2025-06-30T23:50:00Z')).toBe(1);
    expect(settledPeriodsOf('2025-07-01', '2025-07-01T23:19:59Z')).toBe(47);
    expect(settledPeriodsOf('2025-07-01', '2025-07-01T23:20:00Z')).toBe(48);
    expect(settledPeriodsOf('2025-07-01', '2026-01-01T00:00:00Z')).toBe(48);
    expect(settledPeriodsOf('2025-10-26', '2025-10-27T00:20:00Z')).toBe(50);
    expect(settledPeriodsOf('2025-03-30', '2025-03-30T23:20:00Z')).toBe(46);
    expect(settledPeriodsOf('2025-07-01', '2020-01-01T00:00:00Z')).toBe(0);
  });

  it('is final at a quarter past midnight UTC two days later', () => {
    expect(finalAt('2025-07-01')).toBe('2025-07-03T00:15:00Z');
    expect(finalAt('2024-12-31')).toBe('2025-01-02T00:15:00Z');
    expect(finalAt('2100-12-31')).toBe('2101-01-02T00:15:00Z');
  });

  it('refuses what is no settlement date', () => {
    for (const ask of [settlementPeriodsOf, dayBoundsAt, finalAt]) {
      expect(() => ask('2025-02-30')).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
      expect(() => ask('30/03/2025')).toThrow(expect.objectContaining({ code: 'malformed-settlement-date' }));
    }
  });
});

const clockChanges = new URL('../../../../../shared/data/clock-change-days.csv', import.meta.url);

(existsSync(clockChanges) ? describe : describe.skip)(
  'clock-change days of ../shared/data (skipped where it is absent)',
  () => {
    it('agrees on periods and bounds of each', () => {
      const rows = parse<Record<string, string>>(readFileSync(clockChanges), { columns: true });
      expect(rows.length).toBeGreaterThanOrEqual(18);
      for (const row of rows) {
        const date = row.settlement_date ?? '';
        expect(settlementPeriodsOf(date)).toBe(Number(row.periods));
        expect(dayBoundsAt(date)).toEqual({
          startAt: row.day_start_utc?.replace('+00:00', 'Z'),
          endAt: row.day_end_utc?.replace('+00:00', 'Z'),
        });
      }
    });
  },
);
