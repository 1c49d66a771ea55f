import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CurtailedRow, energyByCombination, figuresOf, pickFigures } from './curtailed-rows.js';
import { type Filter } from './gateway-client.js';
import { btcPerMwh, type MinerModelName, minerModelNames, networkAt } from './mining-arithmetic.js';
import { type Stack, startStack } from './stack.js';

const date = '2025-06-10';
const dateInMonth = '2025-06-11';
const dateInYear = '2025-07-01';

describe('A day that the source revises', () => {
  let stack: Stack;
  let rows: CurtailedRow[];
  let rowsInMonth: CurtailedRow[];
  let rowsInYear: CurtailedRow[];
  let rowsBefore: CurtailedRow[];
  /** Curtailed nowhere before the revision, and nowhere after it. */
  let newcomer: string;
  let vanished: string;

  beforeAll(async () => {
    const dates = [date, dateInMonth, dateInYear];
    stack = await startStack({ SIMULATOR_SCENARIOS: dates.map((typical) => `${typical}=typical`).join(',') });
    const jobs = await Promise.all(dates.map((each) => stack.gateway.run({ kind: 'ingest', date: each })));
    expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    rows = await stack.simulator.curtailedRows(date, 48);
    rowsInMonth = await stack.simulator.curtailedRows(dateInMonth, 48);
    rowsInYear = await stack.simulator.curtailedRows(dateInYear, 48);
    await expectEverythingToFollow();
  }, 120_000);

  it('is followed by day, month and year, for every model, farm and lead party', async () => {
    rowsBefore = rows;
    const revisionBefore = (await stack.gateway.daily(date)).revision ?? 0;
    await reviseInAllWays();
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
    rows = await stack.simulator.curtailedRows(date, 48);
    await expectEverythingToFollow();
    const { revision } = await stack.gateway.daily(date);
    expect(revision).toBeGreaterThan(revisionBefore);
    expect((await stack.gateway.daily(date, { farmId: newcomer })).curtailedMwh).toBe(7.25);
  });

  it('has exactly one calculation for each of its periods, farms and models', async () => {
    const stored = (await stack.owner.query(
      `select settlement_period as period, farm_id as farm, miner_model as model, trim_scale(curtailed_mwh)::text as mwh,
              potential_btc::text as btc
       from calculation.historical_bitcoin_calculations where settlement_date = $1`,
      [date],
    )) as { period: number; farm: string; model: MinerModelName; mwh: string; btc: string }[];
    for (const model of minerModelNames) {
      const ofModel = stored.filter((calculation) => calculation.model === model);
      const energy = new Map(ofModel.map(({ period, farm, mwh }) => [`${date} ${period} ${farm}`, mwh]));
      expect(energy).toEqual(energyByCombination(rows));
      expect(ofModel).toHaveLength(energy.size);
    }
    const inexact = stored.filter(({ period, model, mwh, btc }) =>
      btcPerMwh(networkAt(date, period), model).times(mwh).minus(btc).abs().gte('1e-20'),
    );
    expect(inexact.slice(0, 3)).toEqual([]);
  });

  it('leaves no trace of a farm that is no longer in it', async () => {
    const tables = (await stack.owner.query(
      `select format('%I.%I', table_schema, table_name) as name
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where column_name = 'farm_id' and table_type = 'BASE TABLE' and table_name <> 'bm_units'`,
    )) as { name: string }[];
    // Records, calculations, and summaries of energy and of bitcoin by day, month and year.
    expect(tables.length).toBeGreaterThanOrEqual(8);
    for (const { name } of tables) {
      expect([name, await stack.owner.query(`select * from ${name} where farm_id = $1`, [vanished])]).toEqual([
        name,
        [],
      ]);
    }
    expect(figuresOf(rowsBefore.filter(({ farmId }) => farmId === vanished)).curtailedMwh).toBeGreaterThan(0);
  });

  it('leaves the days alone that were not revised', async () => {
    const paths = [dateInMonth, dateInYear].map((other) => `/api/summary/daily/${other}`);
    const tags = await Promise.all(paths.map((path) => stack.gateway.etag(path)));
    const monthTag = await stack.gateway.etag('/api/summary/monthly/2025-06');
    await stack.simulator.revise(date, [{ kind: 'empty', settlementPeriod: periodsOf(rows)[0] ?? 1 }]);
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
    rows = await stack.simulator.curtailedRows(date, 48);
    await expectEverythingToFollow();
    expect(await Promise.all(paths.map((path) => stack.gateway.etag(path)))).toEqual(tags);
    expect(await stack.gateway.etag('/api/summary/monthly/2025-06')).not.toBe(monthTag);
  });

  it('is complete with 0 when it is emptied, and its month has what the other days have', async () => {
    const changes = periodsOf(rows).map((settlementPeriod) => ({ kind: 'empty', settlementPeriod }));
    await stack.simulator.revise(date, changes);
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
    const farmsBefore = rows;
    rows = [];
    await expectEverythingToFollow(farmsBefore);
    expect(await stack.gateway.daily(date)).toMatchObject({ state: 'complete', curtailedMwh: 0, records: 0 });
  });

  /** A volume and a price changed, a row added and one removed, a period emptied, and a farm gone from the whole day. */
  async function reviseInAllWays(): Promise<void> {
    const elsewhere = new Set([...rowsInMonth, ...rowsInYear].map(({ farmId }) => farmId));
    const here = new Set(rows.map(({ farmId }) => farmId));
    newcomer = (await stack.simulator.farmIds()).find((id) => !elsewhere.has(id) && !here.has(id)) ?? '';
    vanished = [...here].find((id) => !elsewhere.has(id)) ?? '';
    expect([newcomer, vanished]).not.toContain('');
    const gone = rows.filter(({ farmId }) => farmId === vanished);
    const stays = rows.filter(({ settlementPeriod }) => !periodsOf(gone).includes(settlementPeriod));
    const [volume = 0, price = 0, addition = 0, removal = 0, emptied = 0] = periodsOf(stays);
    const firstOf = (period: number) => stays.find(({ settlementPeriod }) => settlementPeriod === period)?.farmId ?? '';
    await stack.simulator.revise(date, [
      { kind: 'change', settlementPeriod: volume, rows: { id: firstOf(volume) }, volumeFactor: 0.5 },
      { kind: 'change', settlementPeriod: price, rows: { id: firstOf(price) }, originalPrice: -123.45 },
      {
        kind: 'add',
        settlementPeriod: addition,
        row: { id: newcomer, acceptanceId: 4711, originalPrice: 12.5, volume: -7.25 },
      },
      { kind: 'remove', settlementPeriod: removal, rows: { id: firstOf(removal) } },
      { kind: 'empty', settlementPeriod: emptied },
      ...periodsOf(gone).map((settlementPeriod) => ({ kind: 'remove', settlementPeriod, rows: { id: vanished } })),
    ]);
  }

  /** Compares every figure that is served with what the source says now. */
  async function expectEverythingToFollow(formerRows: readonly CurtailedRow[] = []): Promise<void> {
    const stored = (await stack.owner.query(
      `select settlement_date || ' ' || settlement_period || ' ' || farm_id as key, trim_scale(-sum(volume_mwh))::text as mwh
       from ingestion.curtailment_records where settlement_date = $1 group by settlement_date, settlement_period, farm_id`,
      [date],
    )) as { key: string; mwh: string }[];
    expect(new Map(stored.map(({ key, mwh }) => [key, mwh]))).toEqual(energyByCombination(rows));
    expect(await stack.gateway.daily(date)).toMatchObject({
      state: 'complete',
      records: rows.length,
      combinations: energyByCombination(rows).size,
    });
    const concerned = [...rows, ...formerRows, ...rowsInMonth];
    await expectFigures(undefined, () => true);
    for (const farmId of new Set(concerned.map((row) => row.farmId))) {
      await expectFigures({ farmId }, (row) => row.farmId === farmId);
    }
    for (const leadParty of new Set(concerned.map((row) => row.leadParty))) {
      if (leadParty !== null) await expectFigures({ leadParty }, (row) => row.leadParty === leadParty);
    }
  }

  async function expectFigures(filter: Filter | undefined, isOfFilter: (row: CurtailedRow) => boolean): Promise<void> {
    const served = await Promise.all([
      stack.gateway.daily(date, filter),
      stack.gateway.monthly('2025-06', filter),
      stack.gateway.yearly('2025', filter),
    ]);
    const month = [...rows, ...rowsInMonth];
    const expected = [rows, month, [...month, ...rowsInYear]].map((level) => figuresOf(level.filter(isOfFilter)));
    expect([filter, ...served.map(pickFigures)]).toEqual([filter, ...expected]);
  }
});

/** The periods on which something was curtailed, in order. */
function periodsOf(rows: readonly CurtailedRow[]): number[] {
  return [...new Set(rows.map(({ settlementPeriod }) => settlementPeriod))].sort((a, b) => a - b);
}
