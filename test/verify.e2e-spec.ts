import { eventually } from '@app/testing';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CurtailedRow, energyByCombination, figuresOf, pickFigures } from './curtailed-rows.js';
import { type ServedComparison, type ServedReport } from './gateway-client.js';
import { type Stack, startStack } from './stack.js';
import { storageDigest } from './table-digest.js';
import { tablesOf } from './tables-of.js';

const days = [
  { date: '2025-05-12', periods: 48 },
  { date: '2025-03-30', periods: 46 },
  { date: '2025-10-26', periods: 50 },
];
const tampered = '2025-05-13';
const failing = '2025-05-14';

/** What a verification leaves behind: its job, its report, who asked, what was announced, and how often the source was asked. */
const itsOwn = [
  'reconciliation.jobs',
  'reconciliation.job_items',
  'reconciliation.job_events',
  'reconciliation.verification_reports',
  'reconciliation.audit_log',
  'reconciliation.audit_head',
  'reconciliation.outbox',
  'ingestion.request_grants',
];

interface Place {
  period: number;
  farm: string;
  acceptance: number;
  pair: number;
}

describe('A verification', () => {
  let stack: Stack;

  beforeAll(async () => {
    const dates = [...days.map(({ date }) => date), tampered, failing];
    stack = await startStack({ SIMULATOR_SCENARIOS: dates.map((date) => `${date}=typical`).join(',') });
    const jobs = await Promise.all(dates.map((date) => stack.gateway.run({ kind: 'date', date }, 240_000)));
    expect(jobs.map(({ state }) => state)).toEqual(dates.map(() => 'completed'));
  }, 300_000);

  beforeEach(() => stack.simulator.heal());

  /** All tables but those that it may write, as they lie on the disk. */
  async function allElse(): Promise<object> {
    const tables = await tablesOf(stack.owner);
    return await storageDigest(
      stack.owner,
      tables.filter((name) => !itsOwn.includes(name)),
    );
  }

  /** A stored row of each curtailed period, in order. */
  async function places(date: string): Promise<Place[]> {
    return (await stack.owner.query(
      `select distinct on (settlement_period) settlement_period as period, farm_id as farm, acceptance_id as acceptance,
              bid_offer_pair_id as pair
       from ingestion.curtailment_records where settlement_date = $1
       order by settlement_period, farm_id, acceptance_id, bid_offer_pair_id`,
      [date],
    )) as Place[];
  }

  async function fivePlaces(date: string, periods: number): Promise<[Place, Place, Place, Place, number]> {
    const busy = await places(date);
    const [missing, surplus, volume, price] = busy;
    const empty = Array.from({ length: periods }, (_, index) => index + 1).find(
      (number) => !busy.some(({ period }) => period === number),
    );
    if (missing === undefined || surplus === undefined || volume === undefined || price === undefined) {
      throw new Error(`${date} is too quiet to be spoilt in five ways`);
    }
    if (empty === undefined) throw new Error(`${date} has no period without curtailment`);
    return [missing, surplus, volume, price, empty];
  }

  async function expectStored(date: string, rows: readonly CurtailedRow[]): Promise<void> {
    const stored = (await stack.owner.query(
      `select settlement_date || ' ' || settlement_period || ' ' || farm_id as key, trim_scale(-sum(volume_mwh))::text as mwh
       from ingestion.curtailment_records where settlement_date = $1 group by settlement_date, settlement_period, farm_id`,
      [date],
    )) as { key: string; mwh: string }[];
    expect(new Map(stored.map(({ key, mwh }) => [key, mwh]))).toEqual(energyByCombination(rows));
    expect(pickFigures(await stack.gateway.daily(date))).toEqual(figuresOf(rows));
  }

  function differing({ periods }: { periods: readonly ServedComparison[] }): Map<number, string | null> {
    const others = periods.filter(({ outcome }) => outcome !== 'same');
    return new Map(others.map(({ settlementPeriod, detail }) => [settlementPeriod, detail]));
  }

  describe.each(days)('of $date, which has $periods periods', ({ date, periods }) => {
    it('finds each period to be what the source says', async () => {
      const before = await allElse();
      const report = await stack.gateway.verify({ date, sampling: 'full' });
      expect(report).toMatchObject({
        settlementDate: date,
        sampling: 'full',
        outcome: 'same',
        differs: false,
        confidence: `${periods} of ${periods} periods agree; all were compared.`,
        before: null,
        after: null,
        repair: null,
      });
      expect(report.periods.map(({ settlementPeriod }) => settlementPeriod)).toEqual(
        Array.from({ length: periods }, (_, index) => index + 1),
      );
      const sampled = await stack.gateway.verify({ date });
      expect(sampled).toMatchObject({ outcome: 'same', sampling: 'progressive' });
      expect(sampled.periods.map(({ settlementPeriod }) => settlementPeriod)).toEqual([1, 12, 24, 36, periods]);
      expect(await allElse()).toEqual(before);
    }, 120_000);

    it('finds what the source has revised, writes nothing but its report, and a fix repairs it', async () => {
      const [missing, surplus, volume, price, empty] = await fivePlaces(date, periods);
      const row = { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -64.25, volume: -12.5 };
      const rowOf = ({ farm, acceptance, pair }: Place) => ({
        id: farm,
        acceptanceId: acceptance,
        bidOfferPairId: pair,
      });
      await stack.simulator.revise(date, [
        { kind: 'add', settlementPeriod: missing.period, row },
        { kind: 'remove', settlementPeriod: surplus.period, rows: rowOf(surplus) },
        { kind: 'change', settlementPeriod: volume.period, rows: rowOf(volume), volume: -0.125 },
        { kind: 'change', settlementPeriod: price.period, rows: rowOf(price), originalPrice: 12345.67 },
        { kind: 'add', settlementPeriod: empty, row },
      ]);
      const found = new Map([
        [missing.period, '1 row missing: T_SGRWO-1.'],
        [surplus.period, `1 row surplus: ${surplus.farm}.`],
        [volume.period, `1 row of another volume: ${volume.farm}.`],
        [price.period, `1 row of another price: ${price.farm}.`],
        [empty, '1 row missing: T_SGRWO-1.'],
      ]);

      const before = await allElse();
      const report = await stack.gateway.verify({ date, sampling: 'full' });
      expect(report).toMatchObject({ outcome: 'differs', differs: true, repair: `windfall fix ${date}` });
      expect(differing(report)).toEqual(found);
      expect(report.periods[empty - 1]).toMatchObject({
        stored: { records: 0, curtailedMwh: 0, paymentGbp: 0 },
        // 12.5 MWh at 64.25 GBP.
        source: { records: 1, curtailedMwh: 12.5, paymentGbp: 803.13 },
      });
      expect(await allElse()).toEqual(before);

      await expectRepaired(date, periods, found);
    }, 180_000);
  });

  /** A fix leaves the day as the source has it, and its report says so. */
  async function expectRepaired(date: string, periods: number, found: Map<number, string>): Promise<void> {
    const stored = await stack.gateway.daily(date);
    const job = await stack.gateway.run({ kind: 'fix', date, sampling: 'full' }, 120_000);
    expect(job).toMatchObject({ state: 'completed', cause: null });
    const report: ServedReport = await stack.gateway.report(job);
    expect(report).toMatchObject({
      outcome: 'same',
      confidence: `${periods} of ${periods} periods agree; all were compared.`,
      repair: null,
      before: { outcome: 'differs', records: stored.records, revision: expect.any(Number) },
      after: { outcome: 'same' },
    });
    expect(differing({ periods: report.before?.periods ?? [] })).toEqual(found);
    expect(differing(report)).toEqual(new Map());
    const rows = await stack.simulator.curtailedRows(date, periods);
    await expectStored(date, rows);
    expect(report.after?.records).toBe((await stack.gateway.daily(date)).records);
    expect(report.after?.revision).toBeGreaterThan(report.before?.revision ?? Infinity);
  }

  it('finds rows that were changed in the database behind the ledgers, and a fix repairs them', async () => {
    const [missing, surplus, volume, price, empty] = await fivePlaces(tampered, 48);
    const key =
      'settlement_date = $1 and settlement_period = $2 and farm_id = $3 and acceptance_id = $4 and bid_offer_pair_id = $5';
    const keyOf = ({ period, farm, acceptance, pair }: Place) => [tampered, period, farm, acceptance, pair];
    const records = 'ingestion.curtailment_records';
    await stack.owner.query(`delete from ${records} where ${key}`, keyOf(missing));
    await stack.owner.query(`update ${records} set volume_mwh = volume_mwh - 0.000001 where ${key}`, keyOf(volume));
    await stack.owner.query(
      `update ${records} set original_price_gbp_per_mwh = -original_price_gbp_per_mwh where ${key}`,
      keyOf(price),
    );
    for (const period of [surplus.period, empty]) {
      await stack.owner.query(
        `insert into ${records} (settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id,
                                 volume_mwh, original_price_gbp_per_mwh, so_flag)
         values ($1, $2, 'bid', 'T_SGRWO-1', 8, -1, -1, -1, true)`,
        [tampered, period],
      );
    }
    const ledger = 'The stored rows are not those that were ingested.';
    const found = new Map([
      [missing.period, `1 row missing: ${missing.farm}. ${ledger}`],
      [surplus.period, `1 row surplus: T_SGRWO-1. ${ledger}`],
      [volume.period, `1 row of another volume: ${volume.farm}. ${ledger}`],
      [price.period, `1 row of another price: ${price.farm}. ${ledger}`],
      [empty, `1 row surplus: T_SGRWO-1. ${ledger}`],
    ]);
    expect(differing(await stack.gateway.verify({ date: tampered, sampling: 'full' }))).toEqual(found);
    await expectRepaired(tampered, 48, found);
  }, 180_000);

  it.each(['force-fix', 'critical'] as const)(
    'of all periods proves what a job of kind %s has made',
    async (kind) => {
      const [{ period, farm }] = await fivePlaces(tampered, 48);
      await stack.owner.query(
        `delete from ingestion.curtailment_records where settlement_date = $1 and settlement_period = $2 and farm_id = $3`,
        [tampered, period, farm],
      );
      const { records } = await stack.gateway.daily(tampered);
      const job = await stack.gateway.run({ kind, date: tampered }, 180_000);
      expect(job).toMatchObject({ state: 'completed' });
      const rows = await stack.simulator.curtailedRows(tampered, 48);
      expect(await stack.gateway.report(job)).toMatchObject({
        sampling: 'full',
        outcome: 'same',
        before: { records, outcome: null, periods: [] },
        after: { outcome: 'same', confidence: '48 of 48 periods agree; all were compared.' },
      });
      await expectStored(tampered, rows);
    },
    240_000,
  );

  it('cannot tell when the source fails: neither does it say same, nor does a fix touch the day', async () => {
    await stack.simulator.spoil({ kind: 'status', status: 400, date: failing, periods: [12] });
    const before = await allElse();
    const report = await stack.gateway.verify({ date: failing, sampling: 'fixed' });
    expect(report).toMatchObject({ outcome: 'unknown', differs: false, repair: null });
    expect(report.confidence).toContain('1 could not be compared.');
    expect(differing(report)).toEqual(new Map([[12, 'HTTP 400, 1 attempt']]));
    const fix = await stack.gateway.run({ kind: 'fix', date: failing, sampling: 'fixed' });
    expect(fix).toMatchObject({ state: 'failed', cause: { code: 'source-unavailable' } });
    expect(await allElse()).toEqual(before);
  }, 120_000);

  it('is made once and whole although ingestion is killed in the middle of it', async () => {
    await stack.simulator.spoil({ kind: 'stall', date: failing, periods: [24] });
    const verifying = stack.gateway.verify({ date: failing, sampling: 'full' }, 120_000);
    await stack.simulator.hasSpoilt();
    const reports = 'select id from reconciliation.verification_reports where settlement_date = $1';
    const before = (await stack.owner.query(reports, [failing])) as object[];
    await stack.services.ingestion.kill();
    await stack.simulator.heal();
    await stack.services.ingestion.restart();
    expect(await verifying).toMatchObject({
      outcome: 'same',
      confidence: '48 of 48 periods agree; all were compared.',
    });
    await eventually(async () => {
      expect(await stack.owner.query(reports, [failing])).toHaveLength(before.length + 1);
    });
  }, 180_000);
});
