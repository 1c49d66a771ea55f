import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, factorsOf, ingest, outcome, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { rowOf, run } from '../../executor.js';
import { replaceCalculations } from '../calculation/replace-calculations.js';
import { findDayStates, type StoredDayState } from './find-day-states.js';
import { findGaps } from './find-gaps.js';
import { findStaleDays } from './find-stale-days.js';
import { findStatus } from './find-status.js';

const failed = Array.from({ length: 48 }, (_, index) => outcome(index + 1, 'failed'));
const anything: unknown = expect.anything();

describe('the state of a day', () => {
  let owner: Database;
  let date = '2024-12-31';

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
  });
  afterAll(() => owner.close());

  /** Each case has a day of its own, complete before something happens to it. */
  async function completeDay(): Promise<string> {
    date = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
    await ingest(owner, date, [record(date), record(date, { settlementPeriod: 2 })], {
      finalAt: '2025-05-31T00:00:00Z',
    });
    await derive(date);
    return date;
  }

  async function derive(day: string, options: Parameters<typeof calculate>[2] = {}): Promise<void> {
    await calculate(owner, [day], options);
    await aggregate(owner, [day]);
  }

  async function stateOf(day: string): Promise<Partial<StoredDayState>> {
    const [found] = await findDayStates(owner, day, day);
    if (found === undefined) return {};
    const { state, missing } = found;
    return { state, missing };
  }

  const missing = (cause: string, periods: number[] = [], detail: unknown = anything) => ({ cause, periods, detail });

  it('is not known of a date that was never fetched', async () => {
    expect(await findDayStates(owner, '1999-01-01', '1999-12-31')).toEqual([]);
  });

  it('is complete when all of it was fetched late enough, calculated and summarised', async () => {
    const day = await completeDay();
    expect(await findDayStates(owner, day, day)).toEqual([
      {
        settlementDate: day,
        state: 'complete',
        revision: anything,
        periodsExpected: 48,
        periodsLoaded: 48,
        missing: [],
      },
    ]);
  });

  it('is complete without any curtailment', async () => {
    const day = await completeDay();
    await ingest(owner, day, []);
    await derive(day);
    expect(await stateOf(day)).toEqual({ state: 'complete', missing: [] });
  });

  it('is absent while every fetch of it failed', async () => {
    const day = '2023-01-01';
    await ingest(owner, day, [], { periods: failed, contentChanged: false });
    const periods = failed.map((period) => period.settlementPeriod);
    expect(await stateOf(day)).toEqual({
      state: 'absent',
      missing: [missing('fetch-failed', periods, 'HTTP 500, 5 attempts')],
    });
  });

  it('is partial with each failed, unfetched and unsettled period, by cause', async () => {
    const day = await completeDay();
    const malformed = { causeDetail: 'Not JSON' };
    await ingest(owner, day, [], {
      periods: [
        outcome(3, 'failed'),
        outcome(1, 'failed'),
        outcome(2, 'failed', malformed),
        outcome(47, 'not-fetched'),
        outcome(48, 'not-settled'),
      ],
    });
    await derive(day);
    // Periods 47 and 48 were fetched before, which is not forgotten.
    expect(await stateOf(day)).toEqual({
      state: 'partial',
      missing: [missing('fetch-failed', [1, 3], 'HTTP 500, 5 attempts'), missing('fetch-failed', [2], 'Not JSON')],
    });
    const fresh = '2023-01-02';
    await ingest(owner, fresh, [], {
      periods: [outcome(46, 'not-fetched'), outcome(47, 'not-settled'), outcome(48, 'not-settled')],
    });
    await derive(fresh);
    expect(await stateOf(fresh)).toEqual({
      state: 'partial',
      missing: [missing('not-fetched', [46], null), missing('not-settled', [47, 48], null)],
    });
  });

  it('is partial before anything was calculated, and then before it was summarised', async () => {
    const day = '2023-01-03';
    await ingest(owner, day, [record(day)]);
    expect(await stateOf(day)).toEqual({ state: 'partial', missing: [missing('not-calculated')] });
    await calculate(owner, [day]);
    expect(await stateOf(day)).toEqual({
      state: 'partial',
      missing: [missing('stale-revision', [], 'The summaries were not made yet')],
    });
  });

  it('is partial while calculations, and then summaries, rest on older content', async () => {
    const day = await completeDay();
    await ingest(owner, day, []);
    expect(await stateOf(day)).toEqual({
      state: 'partial',
      missing: [missing('stale-revision', [], expect.stringMatching(/^Calculations rest on revision \d+ of \d+$/))],
    });
    await calculate(owner, [day]);
    expect(await stateOf(day)).toEqual({
      state: 'partial',
      missing: [missing('stale-revision', [], expect.stringMatching(/^Summaries rest on revision \d+ of \d+$/))],
    });
  });

  it('is partial when calculations are missing or too many, and says of which model', async () => {
    const day = await completeDay();
    const table = 'calculation.historical_bitcoin_calculations';
    await run(
      owner,
      `delete from ${table} where settlement_date = $1 and miner_model = 'S9' and settlement_period = 1`,
      [day],
    );
    await run(
      owner,
      `insert into ${table} select settlement_date, 9, farm_id, miner_model, curtailed_mwh, difficulty, block_subsidy_btc, hashrate_ths,
              power_w, formula_version, potential_btc from ${table} where settlement_date = $1 and miner_model = 'M20S' and settlement_period = 1`,
      [day],
    );
    expect(await stateOf(day)).toEqual({
      state: 'partial',
      missing: [
        missing('not-calculated', [], 'S9: 1 calculations where there ought to be 2'),
        missing('surplus-rows', [], 'M20S: 3 calculations where there ought to be 2'),
      ],
    });
    await derive(day);
    expect(await stateOf(day)).toEqual({ state: 'complete', missing: [] });
  });

  it('is blocked without a difficulty, unless periods are missing too', async () => {
    const day = await completeDay();
    await derive(day, { blocked: 'No difficulty' });
    const blocked = missing('difficulty-missing', [1, 2], 'No difficulty');
    expect(await stateOf(day)).toEqual({ state: 'blocked', missing: [blocked] });
    await ingest(owner, day, [], { periods: [outcome(5, 'failed')] });
    await derive(day, { blocked: 'No difficulty' });
    expect(await stateOf(day)).toMatchObject({ state: 'partial', missing: [blocked, missing('fetch-failed', [5])] });
  });

  it('is partial when a blocked day has calculations all the same', async () => {
    const day = await completeDay();
    await derive(day, { blocked: 'No difficulty' });
    await replaceCalculations(owner, [day], factorsOf([day], {}, { S9: '0.0003' }), 1);
    expect(await stateOf(day)).toMatchObject({
      state: 'partial',
      missing: [
        missing('difficulty-missing', [1, 2]),
        missing('surplus-rows', [], 'S9: 2 calculations where there ought to be 0'),
      ],
    });
  });

  it.each([
    ['the source may still change it', { finalAt: '2025-06-02T00:00:00Z' }, {}],
    ['it lies in the newest difficulty epoch', {}, { provisional: true }],
  ])('is provisional while %s', async (_, ingested, calculated) => {
    const day = await completeDay();
    await ingest(owner, day, [], ingested);
    await derive(day, calculated);
    expect(await stateOf(day)).toEqual({ state: 'provisional', missing: [] });
  });

  it('is found stale once nothing has happened for a while, and by what lags behind', async () => {
    const [calculation, summary, fresh] = [await completeDay(), await completeDay(), await completeDay()];
    await ingest(owner, calculation, []);
    await ingest(owner, summary, []);
    await calculate(owner, [summary]);
    await ingest(owner, fresh, []);
    await run(
      owner,
      `update ingestion.settlement_days set fetched_at = now() - interval '1 minute' where settlement_date <> $1`,
      [fresh],
    );
    await run(owner, `update calculation.calculated_days set calculated_at = now() - interval '1 minute'`);
    const found = (await findStaleDays(owner, 30)).filter((day) => day.settlementDate >= calculation);
    expect(found).toEqual([
      { settlementDate: summary, lags: 'summary' },
      { settlementDate: calculation, lags: 'calculation' },
    ]);
  });

  it('is among the newest gaps from the month on in which ten of them lie, and two that may not have settled', async () => {
    const gapsFrom = async (to: string) => (await findStatus(owner, { from: '2099-11-29', to })).gapsFrom;
    expect(await gapsFrom('2099-12-12')).toBe('2099-12-01');
    expect(await gapsFrom('2099-12-11')).toBe('2099-11-01');
  });

  it('agrees with the status: what is not complete has a cause, what is complete has none', async () => {
    const states = await findDayStates(owner, '2000-01-01', '2100-01-01');
    for (const { settlementDate, state, missing: causes } of states) {
      const open = ['absent', 'partial', 'blocked'].includes(state);
      expect([settlementDate, state, causes.length > 0]).toEqual([settlementDate, state, open]);
    }
    const wanted = { from: '2022-12-30', to: '2023-01-02' };
    const status = await findStatus(owner, wanted);
    const inState = { absent: 0, partial: 0, blocked: 0, provisional: 0, complete: 0 };
    for (const { state } of states) inState[state] += 1;
    expect(status.days).toEqual(inState);
    expect(status.absentDates).toBe(2);
    const unsettled = { settlementDate: '2100-01-01', settlementPeriod: 1 };
    const gaps = await findGaps(owner, { from: '2022-12-01', to: '2100-01-01' }, wanted, unsettled);
    const open = states
      .filter(({ state }) => ['absent', 'partial', 'blocked'].includes(state))
      .map((day) => day.settlementDate);
    const never = ['2022-12-30', '2022-12-31', '2023-01-01', '2023-01-02'].filter(
      (day) => !states.some(({ settlementDate }) => settlementDate === day),
    );
    expect([...new Set(gaps.map((gap) => gap.settlementDate))].sort()).toEqual([...never, ...open].sort());
    const counted = await rowOf<{ combinations: number; calculations: number }>(
      owner,
      `select (select count(distinct (settlement_date, settlement_period, farm_id)) from ingestion.curtailment_records) as combinations,
              (select count(*) from calculation.historical_bitcoin_calculations) as calculations`,
    );
    expect(status.combinations).toBe(counted.combinations);
    expect(status.models.reduce((sum, { actual }) => sum + actual, 0)).toBe(counted.calculations);
  });

  it('has the same gaps whether it is asked for within a few days or within many', async () => {
    const [uncounted, lacking] = [await completeDay(), await completeDay()];
    const [surplus, blocked] = [await completeDay(), await completeDay()];
    await run(
      owner,
      `delete from calculation.calculation_counts where settlement_date = $1 or settlement_date = $2 and miner_model = 'S9'`,
      [uncounted, lacking],
    );
    await run(
      owner,
      `update calculation.calculation_counts set calculations = calculations + 1 where settlement_date = $1 and miner_model = 'M20S'`,
      [surplus],
    );
    await derive(blocked, { blocked: 'No difficulty' });
    await replaceCalculations(owner, [blocked], factorsOf([blocked], {}, { S9: '0.0003' }), 1);
    const gapsUntil = async (to: string) => {
      const unsettled = { settlementDate: '2100-01-01', settlementPeriod: 1 };
      const gaps = await findGaps(owner, { from: uncounted, to }, null, unsettled);
      return gaps
        .map((gap) => [gap.settlementDate, gap.cause, gap.missingCalculations, gap.surplusCalculations])
        .sort();
    };
    const gaps = [
      [uncounted, 'not-calculated', 6, 0],
      [lacking, 'not-calculated', 2, 0],
      [surplus, 'surplus-rows', 0, 1],
      [blocked, 'difficulty-missing', 0, 0],
      [blocked, 'surplus-rows', 0, 2],
    ];
    expect(await gapsUntil(blocked)).toEqual(gaps);
    expect(await gapsUntil('2100-01-01')).toEqual(gaps);
  });
});
