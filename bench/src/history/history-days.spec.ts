import { describe, expect, it } from '@jest/globals';
import { type HistoryDay, historyDays } from './history-days.js';

const sum = (days: readonly HistoryDay[]) => days.reduce((total, { combinations }) => total + combinations, 0);

describe('historyDays', () => {
  it('has the size of the real history', () => {
    const days = historyDays();
    const sizes = days.map(({ combinations }) => combinations).filter((size) => size > 0);
    sizes.sort((a, b) => a - b);
    expect([days.length, days.at(0)?.settlementDate, days.at(-1)?.settlementDate]).toEqual([
      2192,
      '2019-04-10',
      '2025-04-09',
    ]);
    expect([sizes.length, sum(days)]).toEqual([1868, 503_978]);
    // Median, nine in ten and most of a day, as performance.md measured them.
    expect(sizes[934]).toBeGreaterThan(110);
    expect(sizes[934]).toBeLessThan(130);
    expect(sizes[1681]).toBeGreaterThan(540);
    expect(sizes[1681]).toBeLessThan(600);
    expect(sizes.at(-1)).toBe(3600);
  });

  it('is the same each time', () => {
    expect(historyDays()).toEqual(historyDays());
  });

  it('keeps the proportions of a part', () => {
    const days = historyDays(1 / 16);
    expect([days.length, days.filter(({ combinations }) => combinations > 0).length]).toEqual([137, 117]);
    expect(sum(days)).toBe(31_499);
  });
});
