import { describe, expect, it } from '@jest/globals';
import { scenarioOf } from './day-scenario.js';

const DATES = Array.from({ length: 4_000 }, (_, index) =>
  new Date(Date.UTC(2015, 0, 1 + index)).toISOString().slice(0, 10),
);

/** Sorted MWh of many days without a pin. */
function totalsOf(seed: string): number[] {
  return DATES.map((date) => scenarioOf(seed, date, new Map()).curtailedMwh).sort((a, b) => a - b);
}

describe('the energy curtailed on a day', () => {
  const totals = totalsOf('windfall');
  const quantile = (part: number) => totals[Math.floor(part * totals.length)] ?? NaN;

  // Expected: 108 days of 2025 in docs/data-sources.md 13. Bounds: a fifth, which 4,000 draws hold with room to spare.
  it.each([
    [0.25, 856],
    [0.5, 8_674],
    [0.75, 29_910],
    [0.9, 68_639],
    [0.95, 81_414],
  ])('has its quantile %d near %d MWh', (part, mwh) => {
    expect(quantile(part)).toBeGreaterThan(mwh * 0.8);
    expect(quantile(part)).toBeLessThan(mwh * 1.2);
  });

  it('is 21,093 MWh on average, within a tenth', () => {
    const mean = totals.reduce((sum, mwh) => sum + mwh, 0) / totals.length;
    expect(Math.abs(mean - 21_093)).toBeLessThan(2_109);
  });

  it('is below 100 MWh on 12 to 18 days of 100, and nothing on 1 to 3', () => {
    const share = (limit: number) => totals.filter((mwh) => mwh < limit).length / totals.length;
    expect(share(100)).toBeGreaterThan(0.12);
    expect(share(100)).toBeLessThan(0.18);
    expect(share(0.1)).toBeGreaterThan(0.01);
    expect(share(0.1)).toBeLessThan(0.03);
  });

  it('lies for 38 to 48 % in a tenth of the days, for 68 to 80 % in a quarter', () => {
    const top = (part: number) => totals.slice(-Math.round(part * totals.length)).reduce((sum, mwh) => sum + mwh, 0);
    const share = (part: number) => top(part) / top(1);
    expect(share(0.1)).toBeGreaterThan(0.38);
    expect(share(0.1)).toBeLessThan(0.48);
    expect(share(0.25)).toBeGreaterThan(0.68);
    expect(share(0.25)).toBeLessThan(0.8);
  });

  it('is another with another seed, and the same with the same', () => {
    expect(scenarioOf('a', '2025-07-04', new Map())).not.toEqual(scenarioOf('b', '2025-07-04', new Map()));
    expect(scenarioOf('a', '2025-07-04', new Map())).toEqual(scenarioOf('a', '2025-07-04', new Map()));
  });

  it('follows a pin whatever the seed', () => {
    const pinned = new Map([['2025-05-26', 'windy' as const]]);
    expect(scenarioOf('a', '2025-05-26', pinned)).toEqual(scenarioOf('b', '2025-05-26', pinned));
    expect(scenarioOf('a', '2025-05-26', pinned).curtailedMwh).toBe(95_000);
  });
});
