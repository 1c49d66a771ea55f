import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  datesOfMonth,
  datesOfYear,
  isSettlementDate,
  monthOf,
  parseSettlementDate,
  parseSettlementMonth,
  parseSettlementYear,
  settlementDatesBetween,
  windowsOf,
  yearOf,
} from './settlement-date.js';

const anyDate = fc
  .date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-12-31T23:59:59Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

describe('settlement dates', () => {
  it.each(['2000-01-01', '2024-02-29', '2000-02-29', '2100-12-31'])('takes %s', (text) => {
    expect(parseSettlementDate(text)).toBe(text);
    expect(isSettlementDate(text)).toBe(true);
  });

  it.each(['', '2025-2-30', '20250330', '2025-03-30T00:00:00Z', ' 2025-03-30', '2025-03-30\n', '٢٠٢٥-03-30', 'today'])(
    'calls %j malformed',
    (text) => {
      expect(() => parseSettlementDate(text)).toThrow(
        expect.objectContaining({ code: 'malformed-settlement-date', retryable: false }),
      );
      expect(isSettlementDate(text)).toBe(false);
    },
  );

  // 2100 is divisible by 100 and not by 400: no leap year.
  it.each(['2025-02-30', '2025-02-29', '2100-02-29', '2025-13-01', '2025-00-10', '2025-04-31', '2025-01-00'])(
    'calls %s impossible',
    (text) => {
      expect(() => parseSettlementDate(text)).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
      expect(isSettlementDate(text)).toBe(false);
    },
  );

  it.each(['1999-12-31', '2101-01-01', '0050-01-01', '9999-12-31'])('says that %s lies outside the range', (text) => {
    expect(() => parseSettlementDate(text)).toThrow(
      `${text} is not a day of the settlement calendar; ask for one from 2000-01-01 to 2100-12-31.`,
    );
  });

  it('shows no more than the beginning of a long malformed text', () => {
    expect(() => parseSettlementDate('x'.repeat(10_000))).toThrow(/^.{1,120}$/);
  });

  it('tells malformed months and years from impossible ones', () => {
    expect(parseSettlementMonth('2025-05')).toBe('2025-05');
    expect(parseSettlementYear('2025')).toBe(2025);
    for (const parse of [() => parseSettlementMonth('2025-5'), () => parseSettlementYear('25')]) {
      expect(parse).toThrow(expect.objectContaining({ code: 'malformed-settlement-date' }));
    }
    const impossible = ['2025-13', '2025-00', '1999-12', '2101-01'].map((month) => () => parseSettlementMonth(month));
    for (const parse of [...impossible, () => parseSettlementYear('1999'), () => parseSettlementYear('2101')]) {
      expect(parse).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
    }
  });

  it('adds days across months, years and leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2025-02-28', 1)).toBe('2025-03-01');
    expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
    // A clock change is a day like any other.
    expect(addDays('2025-03-29', 2)).toBe('2025-03-31');
  });

  it('does not leave the calendar', () => {
    expect(() => addDays('2100-12-31', 1)).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
  });

  it('counts the way back as the way there', () => {
    const oneYear = fc.integer({ min: 0, max: 366 });
    fc.assert(
      fc.property(anyDate, oneYear, (date, days) => {
        fc.pre(date < '2099-12-01');
        const later = addDays(date, days);
        expect(addDays(later, -days)).toBe(date);
        expect(settlementDatesBetween(date, later)).toHaveLength(days + 1);
      }),
    );
  });

  it('lists a range with both ends', () => {
    expect(settlementDatesBetween('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01']);
    expect(settlementDatesBetween('2024-02-28', '2024-02-28')).toEqual(['2024-02-28']);
    expect(() => settlementDatesBetween('2024-03-01', '2024-02-28')).toThrow(
      expect.objectContaining({ code: 'invalid-request' }),
    );
  });

  it('are grouped into windows that reach no further than asked for', () => {
    expect(windowsOf(['2025-05-08', '2025-05-01', '2025-05-06', '2025-05-01'], 6)).toEqual([
      ['2025-05-01', '2025-05-06'],
      ['2025-05-08'],
    ]);
    expect(windowsOf([], 6)).toEqual([]);
    fc.assert(
      fc.property(fc.array(anyDate, { maxLength: 40 }), fc.integer({ min: 1, max: 31 }), (dates, days) => {
        const windows = windowsOf(dates, days);
        expect(windows.flat()).toEqual([...new Set(dates)].sort());
        for (const window of windows) {
          const [first = '', last = first] = [window[0], window.at(-1)];
          expect(settlementDatesBetween(first, last).length).toBeLessThanOrEqual(days);
        }
      }),
    );
    expect(() => windowsOf(['2025-02-30'], 6)).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
  });

  it('knows the dates of months and years', () => {
    expect(datesOfMonth('2024-02')).toHaveLength(29);
    expect(datesOfMonth('2100-02').at(-1)).toBe('2100-02-28');
    expect(datesOfMonth('2100-12').at(-1)).toBe('2100-12-31');
    expect(datesOfMonth('2025-04')[0]).toBe('2025-04-01');
    expect(datesOfYear(2024)).toHaveLength(366);
    expect(datesOfYear(2025)).toHaveLength(365);
    expect(() => datesOfYear(1999)).toThrow(expect.objectContaining({ code: 'impossible-settlement-date' }));
  });

  it('files each date under its month and year', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(datesOfMonth(monthOf(date))).toContain(date);
        expect(datesOfYear(yearOf(date))).toContain(date);
      }),
      { numRuns: 30 },
    );
    expect(monthOf('2025-05-26')).toBe('2025-05');
    expect(yearOf('2025-05-26')).toBe(2025);
  });
});
