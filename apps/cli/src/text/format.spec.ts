import { describe, expect, it } from '@jest/globals';
import { count, countOf, duration, gbp, instant, mwh, percent, periods } from './format.js';

describe('figures', () => {
  it('keep the digits that are served, and show what is not known as such', () => {
    expect([count(1511934), mwh(95010.733333), mwh(0), gbp(3889690.9), gbp(-0.5)]).toEqual([
      '1,511,934',
      '95,010.733333',
      '0',
      '3,889,690.90',
      '-0.50',
    ]);
    expect([count(null), mwh(null), gbp(null), percent(null), instant(null)]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('are followed by their unit', () => {
    expect([percent(68.46), percent(100), countOf(1, 'date'), countOf(1200, 'date')]).toEqual([
      '68.46 %',
      '100.00 %',
      '1 date',
      '1,200 dates',
    ]);
  });
});

describe('settlement periods', () => {
  it('are joined to runs', () => {
    expect([periods([1, 2, 3, 7, 46, 47]), periods([12]), periods([])]).toEqual(['1-3, 7, 46-47', '12', '']);
  });
});

describe('time', () => {
  it('is UTC, and a duration is read at a glance', () => {
    expect(instant('2025-06-01T08:00:04.123Z')).toBe('2025-06-01 08:00:04Z');
    const from = '2025-06-01T08:00:00Z';
    expect(duration(from, '2025-06-01T08:00:12.340Z')).toBe('12.3 s');
    expect(duration(from, '2025-06-01T08:59:59.990Z')).toBe('59 min 59 s');
    expect(duration(from, '2025-06-01T11:05:59Z')).toBe('3 h 5 min');
  });
});
