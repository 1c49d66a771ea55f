import { describe, expect, it } from '@jest/globals';
import { loadUnitRegister } from '../register/bm-units.js';
import type { BalancingAction } from '../stack/stack-row.js';
import { GeneratedDays } from './generated-days.js';

const register = loadUnitRegister();
const generated = new GeneratedDays('windfall', register, new Map());
const windy = new GeneratedDays('windfall', register, new Map([['2025-05-26', 'windy']]));

// Every sixth day of 2024: 61 days, enough for the bounds below and done in a few seconds.
const DATES = Array.from({ length: 61 }, (_, index) =>
  new Date(Date.UTC(2024, 0, 1 + 6 * index)).toISOString().slice(0, 10),
);

interface Sample {
  readonly date: string;
  readonly period: number;
  readonly wind: readonly BalancingAction[];
}

// 46 periods: the clock-change days have no more, and any other day lacks two of its 48.
const samples: Sample[] = DATES.flatMap((date) =>
  Array.from({ length: 46 }, (_, index) => ({
    date,
    period: index + 1,
    wind: generated.actionsOf('bid', date, index + 1, 'next-day').filter(({ id }) => register.windIds.has(id)),
  })),
);
const accepted = samples.flatMap(({ wind }) => wind).filter(({ volume }) => volume < 0);
const curtailed = accepted.filter(({ soFlag }) => soFlag);

/** MWh of each unit of each period, keyed by unit within period. */
const unitPeriods = samples.map(({ wind }) => {
  const mwh = new Map<string, number>();
  for (const { id, soFlag, volume } of wind) {
    if (soFlag && volume < 0) mwh.set(id, (mwh.get(id) ?? 0) - volume);
  }
  return mwh;
});
const nonEmpty = unitPeriods.filter((mwh) => mwh.size > 0);

function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(part * values.length)] ?? NaN;
}

/** The figure lies within `part` of the published one. */
function expectNear(figure: number, published: number, part: number): void {
  expect(figure).toBeGreaterThan(published * (1 - part));
  expect(figure).toBeLessThan(published * (1 + part));
}

// Every expected number is of docs/data-sources.md 13; 61 days of weather allow no narrower bounds.
describe('generated curtailment', () => {
  it('touches about two thirds of all periods', () => {
    expectNear(nonEmpty.length / unitPeriods.length, 0.66, 0.15);
  });

  it('comes from about 14 units in a period, 29 in the upper quarter, 51 in the upper tenth', () => {
    const units = nonEmpty.map((mwh) => mwh.size);
    expectNear(quantile(units, 0.5), 14, 0.4);
    expectNear(quantile(units, 0.75), 29, 0.4);
    expectNear(quantile(units, 0.9), 51, 0.4);
  });

  it('is 9.8 to 44 MWh for the middle half of the units of a period, 21.5 at the median', () => {
    const mwh = nonEmpty.flatMap((units) => [...units.values()]);
    expectNear(quantile(mwh, 0.25), 9.8, 0.4);
    expectNear(quantile(mwh, 0.5), 21.5, 0.3);
    expectNear(quantile(mwh, 0.75), 44, 0.3);
    expect(Math.max(...mwh)).toBeLessThan(230);
  });

  it('never exceeds what a unit can produce in half an hour', () => {
    const limits = new Map(register.wind.map(({ id, capacityMw }) => [id, capacityMw / 2]));
    // One expectation for all: 40,000 of them take longer than what they check.
    const exceeding = nonEmpty.flatMap((units) =>
      [...units].filter(([id, mwh]) => mwh > (limits.get(id) ?? 0) + 1 / 120),
    );
    expect(exceeding).toEqual([]);
  });

  it('has 1.4 to 1.9 rows for each unit and period, never more than 3', () => {
    const pairs = nonEmpty.reduce((sum, units) => sum + units.size, 0);
    expect(curtailed.length / pairs).toBeGreaterThan(1.4);
    expect(curtailed.length / pairs).toBeLessThan(1.9);
    for (const { wind } of samples) {
      const rows = new Map<string, number>();
      for (const { id, soFlag, volume } of wind) if (soFlag && volume < 0) rows.set(id, (rows.get(id) ?? 0) + 1);
      expect(Math.max(0, ...rows.values())).toBeLessThanOrEqual(3);
    }
  });

  it('is SO-flagged in 91 to 95 % of the rows of wind farms', () => {
    expect(curtailed.length / accepted.length).toBeGreaterThan(0.91);
    expect(curtailed.length / accepted.length).toBeLessThan(0.95);
  });

  it('has a cadlFlag that is mostly false, at times null, at times true', () => {
    const share = (flag: boolean | null) =>
      curtailed.filter(({ cadlFlag }) => cadlFlag === flag).length / curtailed.length;
    expect(share(false)).toBeGreaterThan(0.85);
    expect(share(null)).toBeGreaterThan(0.02);
    expect(share(true)).toBeGreaterThan(0.02);
  });

  it('is paid between the 27.5 GBP/MWh of 2026 and the 39 of 2025, give or take a fifth', () => {
    const mwh = -curtailed.reduce((sum, { volume }) => sum + volume, 0);
    const gbp = curtailed.reduce((sum, { volume, originalPrice }) => sum + volume * originalPrice, 0);
    expect(gbp / mwh).toBeGreaterThan(27.5 * 0.8);
    expect(gbp / mwh).toBeLessThan(39 * 1.2);
  });

  it('has one price for each farm and day, now and then one that the farm pays', () => {
    const prices = new Map<string, Set<number>>();
    for (const { date, wind } of samples) {
      for (const { id, volume, originalPrice } of wind) {
        if (volume < 0) prices.set(`${date} ${id}`, (prices.get(`${date} ${id}`) ?? new Set()).add(originalPrice));
      }
    }
    expect([...prices.values()].every((ofDay) => ofDay.size === 1)).toBe(true);
    const positive = [...prices.values()].filter((ofDay) => Math.max(...ofDay) > 0).length / prices.size;
    expect(positive).toBeGreaterThan(0.005);
    expect(positive).toBeLessThan(0.08);
  });

  it('goes to units by their published shares: a third to the first five, 72 % to the twenty', () => {
    const byUnit = new Map<string, number>();
    for (const { id, volume } of curtailed) byUnit.set(id, (byUnit.get(id) ?? 0) - volume);
    const ranked = [...byUnit.values()].sort((a, b) => b - a);
    const total = ranked.reduce((sum, mwh) => sum + mwh, 0);
    const first = (count: number) => ranked.slice(0, count).reduce((sum, mwh) => sum + mwh, 0) / total;
    expectNear(first(5), 0.33, 0.25);
    expectNear(first(20), 0.72, 0.15);
    expectNear((byUnit.get('T_SGRWO-6') ?? 0) / total, 0.093, 0.4);
  });

  it('has the sentinel price only on rows that were not accepted', () => {
    const sentinels = samples.flatMap(({ wind }) => wind).filter(({ originalPrice }) => originalPrice === -99_999);
    expect(sentinels.length).toBeGreaterThan(0);
    expect(sentinels.every(({ volume }) => volume === 0)).toBe(true);
  });

  it('keeps acceptances apart: no key comes twice', () => {
    const repeating = samples.filter(({ wind }) => {
      const keys = wind.map(({ id, acceptanceId, bidOfferPairId }) => `${id} ${acceptanceId} ${bidOfferPairId}`);
      return new Set(keys).size < keys.length;
    });
    expect(repeating).toEqual([]);
  });

  it('gives some output back as positive rows in a negative pair of the offer side', () => {
    const periods = Array.from({ length: 48 }, (_, index) => index + 1);
    const offers = periods.flatMap((period) => windy.actionsOf('offer', '2025-05-26', period, 'next-day'));
    expect(offers.length).toBeGreaterThan(0);
    expect(offers.every(({ volume, bidOfferPairId }) => volume > 0 && bidOfferPairId === -1)).toBe(true);
  });

  it('calculates the first run a little differently from the next day’s', () => {
    const total = (run: 'first' | 'next-day') =>
      windy.actionsOf('bid', '2025-05-26', 20, run).reduce((sum, { volume }) => sum - volume, 0);
    expect(total('first')).not.toBe(total('next-day'));
    expectNear(total('first'), total('next-day'), 0.15);
  });
});
