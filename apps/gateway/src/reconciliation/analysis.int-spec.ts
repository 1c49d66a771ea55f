import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { analysis, type Analysis } from './analysis.dto.js';

const farm = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
/** Noon in London: of this day's periods, 1 to 23 have settled. */
const noon = '2025-06-15T11:10:00.000Z';

describe('analysis', () => {
  let gateway: NestFastifyApplication;
  let bounded: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    const records = [1, 2, 3].map((period) => ({ period, ...farm, volumeMwh: '-1', price: '-1' }));
    await storeDay(owner, { date: '2025-05-30', records });
    await storeDay(owner, { date: '2025-05-31', records, derived: 'calculated' });
    await storeDay(owner, { date: '2025-06-11', records, blocked: 'No difficulty for 2025-06-11' });
    await storeDay(owner, { date: '2025-06-12', records, derived: 'ingested' });
    await storeDay(owner, { date: '2025-06-13', records: records.slice(0, 1), failed: { 9: 'HTTP 500, 5 attempts' } });
    await storeDay(owner, { date: '2025-06-14', records });
    await owner.query(
      `delete from calculation.historical_bitcoin_calculations
       where settlement_date = '2025-06-14' and settlement_period = 2 and miner_model = 'S9'`,
    );
    const late = Array.from({ length: 28 }, (_, index) => index + 21);
    await storeDay(owner, { date: '2025-06-15', notSettled: late, final: false });
    gateway = await startGateway(env, noon);
    bounded = await startGateway({ ...env, COVERAGE_FROM: '2025-06-10' }, noon);
  });
  afterAll(async () => {
    await gateway.close();
    await bounded.close();
    await owner.close();
  });

  async function analyse(query = '', app = gateway): Promise<Analysis> {
    return analysis.strict().parse((await app.inject({ url: `/api/reconciliation/analysis${query}` })).json());
  }

  it('names each gap with its cause and its command, the worst first', async () => {
    const { items, months } = await analyse();
    expect(
      items.map((gap) => [gap.settlementDate, gap.cause, gap.periods, gap.missingCalculations, gap.repair]),
    ).toEqual([
      ['2025-06-15', 'not-fetched', [21, 22, 23], 0, 'windfall date 2025-06-15'],
      ['2025-06-13', 'fetch-failed', [9], 0, 'windfall date 2025-06-13'],
      // 3 combinations of 3 models
      ['2025-06-12', 'not-calculated', [], 9, 'windfall date 2025-06-12'],
      ['2025-06-14', 'not-calculated', [], 1, 'windfall date 2025-06-14'],
      ['2025-06-11', 'difficulty-missing', [1, 2], 0, 'windfall difficulty add HEIGHT INSTANT DIFFICULTY'],
      ['2025-05-31', 'stale-revision', [], 0, 'windfall date 2025-05-31'],
    ]);
    expect(months).toEqual([
      { month: '2025-06', gaps: 5 },
      { month: '2025-05', gaps: 1 },
    ]);
  });

  it('keeps to the range that is asked for', async () => {
    const { items } = await analyse('?from=2025-06-12&to=2025-06-13');
    expect(items.map((gap) => gap.settlementDate)).toEqual(['2025-06-13', '2025-06-12']);
    expect(await analyse('?to=2025-05-30')).toEqual({ items: [], months: [], nextCursor: null });
  });

  it('counts dates that ought to be there, from COVERAGE_FROM on, with all their periods', async () => {
    const { items } = await analyse('', bounded);
    expect(items[0]).toMatchObject({
      settlementDate: '2025-06-10',
      cause: 'not-fetched',
      repair: 'windfall date 2025-06-10',
    });
    expect(items[0]?.periods).toHaveLength(48);
    expect(items).toHaveLength(7);
  });

  it('is read page by page', async () => {
    const whole = await analyse();
    const first = await analyse('?limit=4');
    const rest = await analyse(`?limit=4&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items]).toEqual(whole.items);
    expect([first.months, rest.nextCursor]).toEqual([whole.months, null]);
  });

  it('is served as text for people and as CSV', async () => {
    const url = '/api/reconciliation/analysis?from=2025-06-13&to=2025-06-15';
    const text = await gateway.inject({ url, headers: { accept: 'text/plain' } });
    expect(text.headers['content-type']).toContain('text/plain');
    expect(text.body).toBe(
      `3 gaps, worst first
2025-06-15  not-fetched          Nobody has asked the source for these periods yet.; periods 21-23
            repair: windfall date 2025-06-15
2025-06-13  fetch-failed         HTTP 500, 5 attempts; periods 9
            repair: windfall date 2025-06-13
2025-06-14  not-calculated       1 calculations are not there
            repair: windfall date 2025-06-14

By month
2025-06  3
`,
    );
    expect((await gateway.inject({ url: '/api/reconciliation/analysis?to=2025-05-01&format=text' })).body).toBe(
      'No gaps.\n',
    );
    const csv = await gateway.inject({ url: `${url}&format=csv` });
    expect(csv.body.split('\n')[0]).toBe(
      'settlementDate,cause,periods,missingCalculations,surplusCalculations,detail,repair',
    );
  });

  it.each([
    ['from=2025-06-14&to=2025-06-13', 'to'],
    ['from=2025-6-1', 'from'],
    ['deep=yes', 'deep'],
    ['cursor=nonsense', 'cursor'],
    ['since=2025-06-01', 'since'],
  ])('refuses %s', async (query, field) => {
    const response = await gateway.inject({ url: `/api/reconciliation/analysis?${query}` });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ field }] });
  });

  it('says that a deep check needs the difficulty table, when that cannot be read', async () => {
    const url = '/api/reconciliation/analysis?deep=true&from=2025-05-30&to=2025-05-30';
    const alone = await startGateway({ ...(await environmentWithoutDifficulty()) }, noon);
    const response = await alone.inject({ url });
    await alone.close();
    expect([response.statusCode, response.json()]).toEqual([503, expect.objectContaining({ code: 'unavailable' })]);
  });

  async function environmentWithoutDifficulty(): Promise<Record<string, string>> {
    const { ownerUrl, env } = await createTestDatabase();
    const other = new Database({ url: ownerUrl, applicationName: 'spec' });
    await storeDay(other, { date: '2025-05-30' });
    await other.close();
    return { ...env, DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' };
  }
});
