import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { settlementPeriodsOf } from '../settlement/settlement-day.js';
import { newerWindPeriods, type WindOutput, type WindPeriod } from './newer-wind-periods.js';

const date = '2025-05-26';
const first = { meanMw: '1238.414', publishedAt: '2025-05-26T02:58:21Z' };
const later = { meanMw: '1240', publishedAt: '2025-05-26T03:58:21Z' };

function output(changes: Partial<WindOutput> = {}): WindOutput {
  return { settlementDate: date, settlementPeriod: 4, kind: 'onshore', ...first, ...changes };
}
function period(changes: Partial<WindPeriod> = {}): WindPeriod {
  return { settlementDate: date, settlementPeriod: 4, onshore: null, offshore: null, ...changes };
}

describe('newer wind generation', () => {
  it('is all that is published while nothing is known, onshore and offshore of a period together', () => {
    const offshore = { meanMw: '4153.834', publishedAt: first.publishedAt };
    const published = [output({ settlementPeriod: 10 }), output(), output({ kind: 'offshore', ...offshore })];
    expect(newerWindPeriods([], published)).toEqual({
      periods: [period({ onshore: first, offshore }), period({ settlementPeriod: 10, onshore: first })],
      changedDates: new Set([date]),
    });
  });

  it('takes the place of what was published before, and leaves the other kind as it is', () => {
    const known = period({ onshore: first, offshore: first });
    expect(newerWindPeriods([known], [output(later)])).toEqual({
      periods: [period({ onshore: later, offshore: first })],
      changedDates: new Set([date]),
    });
  });

  it.each([
    ['the same again', first, output()],
    [
      'the same in other digits and another notation of the instant',
      first,
      output({ meanMw: '1238.4140', publishedAt: '2025-05-26T02:58:21.000Z' }),
    ],
    ['an older publication', later, output()],
  ])('is not %s', (_, onshore, published) => {
    expect(newerWindPeriods([period({ onshore })], [published])).toEqual({ periods: [], changedDates: new Set() });
  });

  it('notes a later publication of the same output, which changes no figure', () => {
    const again = { ...first, publishedAt: later.publishedAt };
    expect(newerWindPeriods([period({ onshore: first })], [output(again)])).toEqual({
      periods: [period({ onshore: again })],
      changedDates: new Set(),
    });
  });

  it('is another output of the same instant', () => {
    const { periods } = newerWindPeriods([period({ onshore: first })], [output({ meanMw: '0' })]);
    expect(periods).toEqual([period({ onshore: { ...first, meanMw: '0' } })]);
  });

  it('keeps what the source no longer has', () => {
    expect(newerWindPeriods([period({ onshore: first })], []).periods).toEqual([]);
  });

  it.each([
    ['2025-03-30', 46],
    ['2025-05-26', 48],
    ['2025-10-26', 50],
  ])('of %s with its %i periods is the latest of each, in whatever order versions come', (settlementDate, periods) => {
    expect(settlementPeriodsOf(settlementDate)).toBe(periods);
    const version = fc.record({
      settlementDate: fc.constant(settlementDate),
      settlementPeriod: fc.integer({ min: 1, max: periods }),
      kind: fc.constantFrom('onshore' as const, 'offshore' as const),
      meanMw: fc.integer({ min: 0, max: 20_000 }).map(String),
      publishedAt: fc.integer({ min: 0, max: 1000 }).map((second) => new Date(1.75e12 + second * 1000).toISOString()),
    });
    const published = fc.uniqueArray(version, {
      // Two outputs of one instant would be settled by the order in which they come.
      selector: (row) => [row.settlementPeriod, row.kind, row.publishedAt].join(),
      maxLength: 200,
    });
    fc.assert(
      fc.property(published, (versions) => {
        let stored = new Map<number, WindPeriod>();
        for (const one of versions) {
          const { periods: newer } = newerWindPeriods([...stored.values()], [one]);
          stored = new Map([...stored, ...newer.map((row) => [row.settlementPeriod, row] as const)]);
        }
        for (const kind of ['onshore', 'offshore'] as const) {
          for (let number = 1; number <= periods; number += 1) {
            const own = versions.filter((row) => row.settlementPeriod === number && row.kind === kind);
            const latest = own.sort((a, b) => a.publishedAt.localeCompare(b.publishedAt)).at(-1);
            const expected = latest && { meanMw: latest.meanMw, publishedAt: latest.publishedAt };
            expect(stored.get(number)?.[kind] ?? undefined).toEqual(expected);
          }
        }
      }),
    );
  });
});
