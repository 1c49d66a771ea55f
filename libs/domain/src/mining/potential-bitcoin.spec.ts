import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { roundDecimal } from '../decimal.js';
import { miningEpochsOf } from './mining-epochs.js';
import { bitcoinPerMwh, potentialBtc } from './potential-bitcoin.js';

// docs/data-sources.md 11
const models = {
  S9: { name: 'S9', hashrateThs: '13.5', powerW: '1323' },
  M20S: { name: 'M20S', hashrateThs: '68', powerW: '3360' },
  S19J_PRO: { name: 'S19J_PRO', hashrateThs: '100', powerW: '3050' },
};

describe('bitcoinPerMwh', () => {
  // docs/data-sources.md 11: BTC per MWh to 11 decimals.
  it.each([
    ['86388558925171', '6.25', '0.00061878582', '0.00122725854', '0.00198822984'],
    ['88104191118793', '3.125', '0.00030336817', '0.00060168021', '0.00097475676'],
    ['110451907374649', '3.125', '0.00024198774', '0.00047994235', '0.00077753438'],
    ['116958512019762', '3.125', '0.00022852554', '0.00045324233', '0.00073427880'],
  ])(
    'at difficulty %s and subsidy %s agrees with the published vectors',
    (difficulty, blockSubsidyBtc, s9, m20s, s19) => {
      const rounded = (model: (typeof models)['S9']) =>
        roundDecimal(bitcoinPerMwh({ difficulty, blockSubsidyBtc, model }), 11);
      expect([rounded(models.S9), rounded(models.M20S), rounded(models.S19J_PRO)]).toEqual([s9, m20s, s19]);
    },
  );

  it('has 30 decimals, rounded once and half away from zero', () => {
    const [milliTerahashes, watts, difficulties, satoshis] = [
      fc.bigInt({ min: 1n, max: 10n ** 6n }),
      fc.bigInt({ min: 1n, max: 10n ** 5n }),
      fc.bigInt({ min: 1n, max: 10n ** 16n }),
      fc.bigInt({ min: 1n, max: 50n * 10n ** 8n }),
    ];
    fc.assert(
      fc.property(milliTerahashes, watts, difficulties, satoshis, (milliThs, powerW, difficulty, subsidySat) => {
        // Joules per MWh × hashes per terahash, over 10^3 (milli) and 10^8 (satoshi), times 10^30 places.
        const numerator = 3_600_000_000n * 10n ** 12n * milliThs * subsidySat * 10n ** (30n - 3n - 8n);
        const denominator = powerW * difficulty * 2n ** 32n;
        const expected = (2n * numerator + denominator) / (2n * denominator);
        const factor = bitcoinPerMwh({
          difficulty: difficulty.toString(),
          blockSubsidyBtc: `${subsidySat.toString()}e-8`,
          model: { name: 'any', hashrateThs: `${milliThs.toString()}e-3`, powerW: powerW.toString() },
        });
        expect(factor).toMatch(/^\d+\.\d{30}$/);
        expect(BigInt(factor.replace('.', ''))).toBe(expected);
      }),
    );
  });

  it.each([
    ['difficulty', { difficulty: '0', blockSubsidyBtc: '3.125', model: models.S9 }],
    ['difficulty', { difficulty: '-1', blockSubsidyBtc: '3.125', model: models.S9 }],
    ['blockSubsidyBtc', { difficulty: '1', blockSubsidyBtc: '0', model: models.S9 }],
    ['powerW', { difficulty: '1', blockSubsidyBtc: '3.125', model: { ...models.S9, powerW: '0' } }],
    ['hashrateThs', { difficulty: '1', blockSubsidyBtc: '3.125', model: { ...models.S9, hashrateThs: '0' } }],
  ])('refuses a %s that is not above 0', (name, given) => {
    expect(() => bitcoinPerMwh(given)).toThrow(RangeError);
    expect(() => bitcoinPerMwh(given)).toThrow(name);
  });
});

describe('potentialBtc', () => {
  it('is the exact product', () => {
    // 12.5 × 0.000777534380000000000000000001 by hand
    expect(potentialBtc('12.5', '0.000777534380000000000000000001')).toBe('0.0097191797500000000000000000125');
    expect(potentialBtc('0', '0.000777534380000000000000000001')).toBe('0');
  });

  it('of two parts is that of the whole', () => {
    const factor = '0.000777534381234567890123456789';
    const [a, b] = [fc.nat(), fc.nat()];
    fc.assert(
      fc.property(a, b, (first, second) => {
        const unscaled = (mwh: number) => BigInt(roundDecimal(potentialBtc(`${mwh}e-3`, factor), 33).replace('.', ''));
        expect(unscaled(first) + unscaled(second)).toBe(unscaled(first + second));
      }),
    );
  });
});

const shared = new URL('../../../../../shared/data/', import.meta.url);

(existsSync(new URL('expected/', shared)) ? describe : describe.skip)(
  'the independent computation in ../shared/data/expected (skipped where it is absent)',
  () => {
    const read = (name: string) =>
      parse<Record<string, string>>(readFileSync(new URL(name, shared)), { columns: true });
    // A function, since the body of a skipped describe still runs.
    const readRetargets = () =>
      read('difficulty.csv').map((row) => ({
        height: Number(row.height),
        fromUnix: Number(row.unix_time),
        difficulty: row.difficulty ?? '',
      }));

    it.each(['2025-04-16', '2025-05-26'])('agrees on every farm, period and model of %s to its 24 decimals', (date) => {
      const mining = miningEpochsOf(date, readRetargets());
      if (mining.blocked) throw new Error(mining.detail);
      const rows = read(`expected/${date}.csv`).filter((row) => row.settlement_period !== 'day');
      expect(rows.length).toBeGreaterThan(800);
      for (const row of rows) {
        const period = Number(row.settlement_period);
        const epoch = mining.epochs.find(({ fromPeriod, toPeriod }) => fromPeriod <= period && period <= toPeriod);
        if (epoch === undefined) throw new Error(`${date} period ${period} has no epoch`);
        expect(epoch).toMatchObject({ difficulty: row.difficulty, blockSubsidyBtc: row.block_subsidy_btc });
        for (const model of Object.values(models)) {
          const btc = potentialBtc(row.curtailed_mwh ?? '', bitcoinPerMwh({ ...epoch, model }));
          expect(roundDecimal(btc, 24)).toBe(row[model.name]);
        }
      }
    });

    it('knows the difficulty of every period from 2019 to the last retarget', () => {
      const retargets = readRetargets();
      const blocked = ['2019-01-01', '2021-07-01', '2024-04-20', '2026-06-13', '2026-07-03'].filter(
        (date) => miningEpochsOf(date, retargets).blocked,
      );
      expect(blocked).toEqual([]);
      // 20 days after 2026-06-14T00:32:11Z
      expect(miningEpochsOf('2026-07-04', retargets)).toMatchObject({ blocked: true });
    });
  },
);
