import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { calculate, factorsOf, ingest, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { type Executor, run } from '../../executor.js';
import { compareCalculations } from './compare-calculations.js';
import { findSuspectDays } from './find-suspect-days.js';

const table = 'calculation.historical_bitcoin_calculations';

class TakenBack extends Error {}

describe('days whose calculations are not what they ought to be', () => {
  const [right, changed, empty] = ['2025-05-01', '2025-05-02', '2025-05-03'] as const;
  const dates = [right, changed, empty];
  const factors = dates.flatMap((date) => [
    ...factorsOf([date], { fromPeriod: 1, toPeriod: 24, blockSubsidyBtc: '6.25' }),
    ...factorsOf([date], { fromPeriod: 25, toPeriod: 48, blockSubsidyBtc: '3.125' }),
  ]);
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    for (const date of [right, changed]) {
      await ingest(owner, date, [
        record(date, { volumeMwh: '-1.5' }),
        record(date, { acceptanceId: 101, volumeMwh: '-2' }),
        record(date, { farmId: 'T_MOWEO-1', volumeMwh: '-7' }),
        record(date, { settlementPeriod: 25, volumeMwh: '-4' }),
      ]);
    }
    await ingest(owner, empty, []);
    await calculate(owner, dates, { factors });
  });
  afterAll(() => owner.close());

  /** What both looks find after a change, which is taken back. */
  async function foundAfter(change: string, known = factors): Promise<{ suspects: string[]; differing: string[] }> {
    const found = { suspects: [] as string[], differing: [] as string[] };
    const look = async (transaction: Executor): Promise<never> => {
      await run(transaction, change);
      found.suspects = await findSuspectDays(transaction, dates, known, 1);
      const differences = await compareCalculations(transaction, dates, known, 1);
      found.differing = differences.map(({ settlementDate }) => settlementDate);
      throw new TakenBack();
    };
    await expect(owner.transaction(look)).rejects.toThrow(TakenBack);
    return found;
  }

  it('are none when all is right, and a day without curtailment has none', async () => {
    expect(await foundAfter('select 1')).toEqual({ suspects: [], differing: [] });
  });

  const one = `settlement_date = '${changed}' and settlement_period = 1 and farm_id = 'T_MOWEO-1' and miner_model = 'S9'`;
  const copied = (date: string, farm: string, model: string) =>
    `insert into ${table} select date '${date}', settlement_period, ${farm}, ${model}, curtailed_mwh, difficulty, block_subsidy_btc,
            hashrate_ths, power_w, formula_version, potential_btc from ${table} where ${one}`;
  it.each([
    ['a calculation is missing', `delete from ${table} where ${one}`],
    ['a model is missing', `delete from ${table} where settlement_date = '${changed}' and miner_model = 'S9'`],
    ['all are missing', `delete from ${table} where settlement_date = '${changed}'`],
    ['one is of a farm without records', copied(changed, `'T_OTHER-1'`, 'miner_model')],
    ['one is of another model', copied(changed, 'farm_id', `'S21'`)],
    ['one is of another farm', `update ${table} set farm_id = 'T_OTHER-1' where ${one}`],
    ['one is of another period', `update ${table} set settlement_period = 2 where ${one}`],
    ['a potential differs in the last place', `update ${table} set potential_btc = potential_btc + 1e-30 where ${one}`],
    [
      'an energy and its potential differ',
      `update ${table} set curtailed_mwh = 8, potential_btc = potential_btc / 7 * 8 where ${one}`,
    ],
    [
      "two farms have each other's energy",
      `update ${table} set curtailed_mwh = 10.5 - curtailed_mwh, potential_btc = potential_btc / curtailed_mwh * (10.5 - curtailed_mwh)
       where settlement_date = '${changed}' and settlement_period = 1`,
    ],
    ['a difficulty differs', `update ${table} set difficulty = difficulty + 1 where ${one}`],
    ['a subsidy is that of the other epoch', `update ${table} set block_subsidy_btc = 3.125 where ${one}`],
    ['a hash rate differs', `update ${table} set hashrate_ths = hashrate_ths + 1 where ${one}`],
    ['a power differs', `update ${table} set power_w = power_w + 1 where ${one}`],
    ['a version differs', `update ${table} set formula_version = 2 where ${one}`],
    [
      'a record was changed beneath them',
      `update ingestion.curtailment_records set volume_mwh = volume_mwh - 1
       where settlement_date = '${changed}' and settlement_period = 25`,
    ],
  ])('are told when %s', async (_, change) => {
    expect(await foundAfter(change)).toEqual({ suspects: [changed], differing: [changed] });
  });

  it('are told when a day without curtailment has one', async () => {
    const change = copied(empty, 'farm_id', 'miner_model');
    expect(await foundAfter(change)).toEqual({ suspects: [empty], differing: [empty] });
  });

  it.each([
    ['any of its periods', 1],
    ['the end of it', 25],
  ])('are told when there are some although no difficulty is known for %s', async (_, fromPeriod) => {
    const isKnown = (factor: (typeof factors)[number]) =>
      factor.settlementDate !== changed || factor.fromPeriod < fromPeriod;
    const known = factors.filter(isKnown);
    expect(await foundAfter('select 1', known)).toEqual({ suspects: [changed], differing: [changed] });
  });
});
