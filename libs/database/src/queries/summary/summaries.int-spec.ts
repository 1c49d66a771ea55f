import { type CurtailmentRecord } from '@app/domain';
import { createTestDatabase, eventually } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { aggregate, btcPerMwh, calculate, count, fingerprint, ingest, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { rowsOf, run } from '../../executor.js';
import { findDaysToAggregate } from './find-days-to-aggregate.js';
import { lockYears } from './lock-years.js';
import { stampAggregatedDays } from './stamp-aggregated-days.js';

const levels = { daily: 'settlement_date', monthly: 'month', yearly: 'year' } as const;
const tables = Object.keys(levels).flatMap((level) =>
  ['', 'farm_', 'bitcoin_', 'bitcoin_farm_'].map((prefix) => `summary.${prefix}${level}_summaries`),
);

describe('summaries', () => {
  let owner: Database;
  let aggregator: Database;

  beforeAll(async () => {
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    aggregator = new Database({ url: urls.aggregator, applicationName: 'spec' });
  });
  afterAll(async () => {
    await owner.close();
    await aggregator.close();
  });

  async function derive(days: Record<string, readonly CurtailmentRecord[]>): Promise<void> {
    const dates = Object.keys(days);
    for (const [date, records] of Object.entries(days)) await ingest(owner, date, records);
    await calculate(owner, dates);
    await aggregate(aggregator, dates);
  }

  /** Every row of every summary of a year: its table and key, and its figures without idle zeros. */
  async function stored(year: number): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {};
    for (const [level, key] of Object.entries(levels)) {
      for (const farm of ['', 'farm_']) {
        const who = farm === '' ? '' : `, farm_id, coalesce(lead_party, '?')`;
        const energy = await rowsOf<{ key: string; figures: string[] }>(
          owner,
          `select concat_ws(' ', ${key}${who}) as key,
                  array[trim_scale(curtailed_mwh)::text, trim_scale(payment_gbp)::text, trim_scale(absolute_payment_gbp)::text] as figures
           from summary.${farm}${level}_summaries where ${key}::text like $1 || '%'`,
          [year],
        );
        const bitcoin = await rowsOf<{ key: string; figures: string[] }>(
          owner,
          `select concat_ws(' ', ${key}${who}, miner_model) as key, array[trim_scale(potential_btc)::text] as figures
           from summary.bitcoin_${farm}${level}_summaries where ${key}::text like $1 || '%'`,
          [year],
        );
        for (const row of [...energy, ...bitcoin]) found[row.key] = row.figures;
      }
    }
    return found;
  }

  /** The same, summed from the records with big.js; a fetched day without curtailment has zeros in total and no farm. */
  function expected(days: Record<string, readonly CurtailmentRecord[]>): Record<string, string[]> {
    const sums = new Map<string, Big[]>();
    const add = (key: string, figures: Big[]): void => {
      const sum = sums.get(key) ?? figures.map(() => new Big(0));
      sums.set(
        key,
        figures.map((figure, index) => figure.plus(sum[index] ?? 0)),
      );
    };
    for (const [date, records] of Object.entries(days)) {
      for (const span of [date, date.slice(0, 7), date.slice(0, 4)]) {
        add(span, [new Big(0), new Big(0), new Big(0)]);
        for (const model of Object.keys(btcPerMwh)) add(`${span} ${model}`, [new Big(0)]);
        for (const { farmId, leadParty, volumeMwh, originalPriceGbpPerMwh } of records) {
          const mwh = new Big(volumeMwh).times(-1);
          const payment = new Big(volumeMwh).times(originalPriceGbpPerMwh);
          for (const key of [span, `${span} ${farmId} ${leadParty ?? '?'}`]) {
            add(key, [mwh, payment, payment.abs()]);
            for (const [model, factor] of Object.entries(btcPerMwh)) add(`${key} ${model}`, [mwh.times(factor)]);
          }
        }
      }
    }
    return Object.fromEntries([...sums].map(([key, figures]) => [key, figures.map((figure) => figure.toFixed())]));
  }

  it('are the exact sums of the records, in total, by farm and by lead party, for day, month and year', async () => {
    const decimal = (min: number, max: number, places: number) =>
      fc.integer({ min, max }).map((digits) => new Big(digits).div(new Big(10).pow(places)).toFixed());
    const combination = fc.record({
      settlementPeriod: fc.integer({ min: 1, max: 3 }),
      // A farm of either of two companies, depending on the period, and one of nobody known.
      farmId: fc.constantFrom('T_A-1', 'T_B-1', 'T_C-1'),
      volumeMwh: decimal(-999_999_999, -1, 7),
      originalPriceGbpPerMwh: decimal(-9_999_999, 9_999_999, 5),
    });
    const leadParties: Record<string, string | null> = { 'T_A-1': 'Alpha', 'T_B-1': 'Beta', 'T_C-1': null };
    const day = fc.array(combination, { maxLength: 8 });
    let year = 2001;
    await fc.assert(
      fc.asyncProperty(
        fc.array(day, { minLength: 4, maxLength: 4 }),
        fc.array(day, { minLength: 2, maxLength: 2 }),
        async (first, then) => {
          year += 1;
          const dates = [`${year}-02-01`, `${year}-02-28`, `${year}-03-01`, `${year}-12-31`];
          const recordsOf = (date: string, rows: readonly (typeof first)[number][number][]) =>
            rows.map((row, index) => {
              const leadParty =
                row.farmId === 'T_A-1' && row.settlementPeriod === 3 ? 'Gamma' : (leadParties[row.farmId] ?? null);
              return record(date, { ...row, leadParty, acceptanceId: index + 1 });
            });
          const days = Object.fromEntries(dates.map((date, index) => [date, recordsOf(date, first[index] ?? [])]));
          await derive(days);
          expect(await stored(year)).toEqual(expected(days));
          const revised = Object.fromEntries(
            dates.slice(1, 3).map((date, index) => [date, recordsOf(date, then[index] ?? [])]),
          );
          await derive(revised);
          expect(await stored(year)).toEqual(expected({ ...days, ...revised }));
        },
      ),
      { numRuns: 10 },
    );
  });

  it('are not written again when they are right', async () => {
    const days = {
      '2025-01-30': [record('2025-01-30', { leadParty: null })],
      '2025-02-01': [record('2025-02-01')],
      '2025-02-02': [],
    };
    await derive(days);
    const before = await Promise.all(tables.map((table) => fingerprint(owner, table)));
    await aggregate(aggregator, Object.keys(days));
    expect(await Promise.all(tables.map((table) => fingerprint(owner, table)))).toEqual(before);
  });

  it('have neither energy lost nor bitcoin of a blocked day', async () => {
    const [blocked, calculated] = ['2024-06-01', '2024-06-02'];
    await derive({ [blocked]: [record(blocked)], [calculated]: [record(calculated)] });
    await calculate(owner, [blocked], { blocked: 'No difficulty' });
    await aggregate(aggregator, [blocked]);
    const all = await stored(2024);
    expect(all['2024-06-01']).toEqual(['10', '500', '500']);
    expect(Object.keys(all).filter((key) => key.startsWith('2024-06-01') && key.includes('S9'))).toEqual([]);
    expect(all['2024-06 S9']).toEqual(['0.003']);
    expect(all['2024-06']).toEqual(['20', '1000', '1000']);
    await calculate(owner, [calculated], { blocked: 'No difficulty' });
    await aggregate(aggregator, [calculated]);
    expect(Object.keys(await stored(2024)).filter((key) => key.includes('S9'))).toEqual([]);
  });

  it('sum no bitcoin twice where the records of one combination name two companies', async () => {
    const date = '2023-06-01';
    await derive({ [date]: [record(date, { leadParty: 'A' }), record(date, { acceptanceId: 101, leadParty: 'B' })] });
    expect((await stored(2023))['2023-06-01 S9']).toEqual(['0.006']);
  });

  it('do not lose each other when two days of one month are aggregated at the same time', async () => {
    const [first, second] = ['2022-06-01', '2022-06-02'];
    await derive({ [first]: [record(first)], [second]: [record(second)] });
    for (const date of [first, second]) await ingest(owner, date, [record(date, { volumeMwh: '-25' })]);
    await calculate(owner, [first, second]);
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const summed: string[] = [];
    const aggregateOne = async (date: string, before: Promise<void>) =>
      await aggregator.transaction(async (transaction) => {
        await lockYears(transaction, [2022]);
        await aggregate(transaction, [date]);
        summed.push(date);
        await before;
      });
    const one = aggregateOne(first, held);
    await eventually(() => expect(summed).toEqual([first]));
    const other = aggregateOne(second, Promise.resolve());
    await eventually(async () => {
      const waiting = await rowsOf(owner, `select from pg_locks where locktype = 'advisory' and not granted`);
      expect(waiting).toHaveLength(1);
    });
    release();
    await Promise.all([one, other]);
    const all = await stored(2022);
    expect(all['2022-06']).toEqual(['50', '2500', '2500']);
    expect(all['2022 T_VKNGW-1 Viking S19J_PRO']).toEqual(['0.05']);
  });

  describe('with a wrong figure above days that are as they were', () => {
    const days = Object.fromEntries(
      ['2018-12-31', '2019-01-01'].map((date) => [
        date,
        [record(date), record(date, { farmId: 'T_B-1', leadParty: null })],
      ]),
    );
    const figures = Object.entries(levels).flatMap(([level, key]) =>
      ['', 'farm_', 'bitcoin_', 'bitcoin_farm_'].flatMap((prefix) =>
        (prefix.startsWith('bitcoin')
          ? ['potential_btc']
          : ['curtailed_mwh', 'payment_gbp', 'absolute_payment_gbp']
        ).map((column) => ({ table: `summary.${prefix}${level}_summaries`, column, key })),
      ),
    );
    const written = () => Promise.all(tables.map((table) => fingerprint(owner, table)));
    beforeAll(() => derive(days));

    it.each(figures)('$table are rewritten where their $column is wrong, and nowhere else', async (figure) => {
      const { table, column, key } = figure;
      const before = await written();
      await run(
        owner,
        `update ${table} set ${column} = ${column} + 1
         where ctid = (select max(ctid) from ${table} where left(${key}::text, 4) in ('2018', '2019'))`,
      );
      expect({ ...(await stored(2018)), ...(await stored(2019)) }).not.toEqual(expected(days));
      await aggregate(aggregator, Object.keys(days));
      expect({ ...(await stored(2018)), ...(await stored(2019)) }).toEqual(expected(days));
      const rewritten = (await written()).flatMap((rows, index) => rows.filter((row) => !before[index]?.includes(row)));
      expect(rewritten).toHaveLength(1);
    });
  });

  describe('their stamp', () => {
    it('is refused to summaries whose calculations are no longer the ones that were read', async () => {
      const [same, newer] = ['2021-06-01', '2021-06-02'];
      for (const date of [same, newer]) await ingest(owner, date, [record(date)]);
      await calculate(owner, [same, newer]);
      const read = await findDaysToAggregate(aggregator, [same, newer], false);
      await ingest(owner, newer, []);
      await calculate(owner, [newer]);
      const stamped = await stampAggregatedDays(aggregator, read);
      expect(stamped.map((day) => day.settlementDate)).toEqual([same]);
      expect(stamped[0]?.derivedFrom).toBe(read[0]?.calculationRevision);
      const due = await findDaysToAggregate(aggregator, [same, newer], false);
      expect(due.map((day) => day.settlementDate)).toEqual([newer]);
    });

    it('is not due while the calculations themselves lag behind', async () => {
      const date = '2021-07-01';
      await ingest(owner, date, [record(date)]);
      await calculate(owner, [date]);
      await ingest(owner, date, []);
      expect(await findDaysToAggregate(aggregator, [date], true)).toEqual([]);
    });
  });

  it('of a damaged row are repaired when all are asked for', async () => {
    const date = '2020-06-01';
    await derive({ [date]: [record(date)] });
    const before = await stored(2020);
    for (const table of tables) await run(owner, `delete from ${table}`);
    await aggregate(aggregator, [date]);
    expect(await stored(2020)).toEqual(before);
    expect(await count(owner, 'summary.daily_summaries')).toBe(1);
  });
});
