import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { createTestDatabase, startTestDynamo, startTestNats } from '@app/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { dailyDifficulty } from './difficulty.dto.js';
import { dailyPotential, monthlyPotential, yearlyPotential } from './mining-potential.dto.js';

const farm = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
const route = '/api/curtailment/mining-potential?date=2025-05-26';

describe('bitcoin', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;
  let reconciler: NatsConnection;
  let asked: unknown[] = [];
  let added = true;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    const dynamo = await startTestDynamo();
    const bus = await startTestNats();
    Object.assign(process.env, dynamo.env);
    const table = new DifficultyTable({ endpoint: dynamo.endpoint, region: 'eu-west-2', table: 'windfall-difficulty' });
    await table.ensure();
    await table.seed();
    table.close();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    await storeDay(owner, {
      date: '2025-05-26',
      records: [{ period: 1, ...farm, volumeMwh: '-1234.5678915', price: '-60' }],
    });
    await storeDay(owner, { date: '2025-05-27', records: [{ period: 1, ...farm, volumeMwh: '-1', price: '-60' }] });
    await storeDay(owner, {
      date: '2025-05-28',
      records: [{ period: 1, ...farm, volumeMwh: '-9', price: '-60' }],
      blocked: 'none',
    });
    gateway = await startGateway({ ...env, NATS_URL: bus.url, DYNAMODB_ENDPOINT: dynamo.endpoint });
    reconciler = await connect({ servers: bus.url });
    reconciler.subscribe('reconciliation.difficulty.add', {
      callback: (_error, message) => {
        const request: { data: unknown; id: string } = message.json();
        asked.push(request.data);
        message.respond(JSON.stringify({ id: request.id, response: { added }, isDisposed: true }));
      },
    });
    await reconciler.flush();
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
    await reconciler.close();
  });

  async function get(url: string): Promise<Record<string, unknown>> {
    const response = await gateway.inject({ url });
    expect([url, response.statusCode, response.payload]).toEqual([url, 200, expect.any(String)]);
    return response.json();
  }

  it('of a day comes with the difficulty it rests on, and without a price has no value', async () => {
    expect(dailyPotential.strict().parse(await get(route))).toEqual({
      settlementDate: '2025-05-26',
      minerModel: null,
      curtailedMwh: 1234.567892,
      potentialBtc: { S19J_PRO: '1.23456789', S9: '0.37037037', M20S: '0.86419752' },
      mining: [{ fromPeriod: 1, toPeriod: 48, difficulty: '121658450774825', blockSubsidyBtc: '3.125' }],
      price: null,
      currency: null,
      value: null,
      state: 'complete',
      missing: [],
      revision: expect.any(Number),
    });
  });

  it('is valued at the price given, from the unrounded bitcoin', async () => {
    // 1.2345678915 BTC × 81000.5 = 100000.6164…; ×0.3 and ×0.7 for the others
    expect(await get(`${route}&price=81000.5&currency=GBP&minerModel=S19J_PRO`)).toMatchObject({
      minerModel: 'S19J_PRO',
      price: 81000.5,
      currency: 'GBP',
      value: 100000.62,
      potentialBtc: { S9: '0.37037037' },
    });
    expect((await get(`${route}&price=81000.5`)).value).toEqual({ S19J_PRO: 100000.62, S9: 30000.18, M20S: 70000.43 });
    expect((await get(`${route.replace('26', '28')}&price=1`)).value).toEqual({ S19J_PRO: null, S9: null, M20S: null });
  });

  it('of a month and a year sums what is known, and says when which difficulty was in force', async () => {
    const month = monthlyPotential
      .strict()
      .parse(await get('/api/curtailment/monthly-mining-potential/2025-05?farmId=T_VKNGW-1'));
    expect(month).toMatchObject({
      month: '2025-05',
      farmId: 'T_VKNGW-1',
      curtailedMwh: 1244.567892,
      potentialBtc: { S19J_PRO: '1.23556789' },
      mining: [
        {
          from: '2025-05-26',
          fromPeriod: 1,
          to: '2025-05-27',
          toPeriod: 48,
          difficulty: '121658450774825',
          blockSubsidyBtc: '3.125',
        },
      ],
      state: 'partial',
    });
    const year = yearlyPotential.strict().parse(await get('/api/mining-potential/yearly/2025?price=2&minerModel=S9'));
    expect(year).toMatchObject({ year: 2025, mining: month.mining, value: 0.74 });
    expect(await get('/api/mining-potential/yearly/2024')).toMatchObject({
      curtailedMwh: null,
      mining: [],
      state: 'absent',
    });
  });

  it('is calculated for models whose constants are served with their source', async () => {
    const { items } = await get('/api/miner-models');
    expect(
      (items as Record<string, unknown>[]).map(({ minerModel, hashrateThs, powerW }) => [
        minerModel,
        hashrateThs,
        powerW,
      ]),
    ).toEqual([
      ['S19J_PRO', 100, 3050],
      ['S9', 13.5, 1323],
      ['M20S', 68, 3360],
    ]);
  });

  it('has a difficulty on any date, chosen by the start of each period', async () => {
    // Retarget 842688 came at 11:00:14Z (difficulty.csv); period 26 of that day of summer time begins at 11:30Z.
    const day = dailyDifficulty.strict().parse(await get('/api/difficulty/2024-05-09'));
    expect(day.mining.map(({ fromPeriod, toPeriod, difficulty }) => [fromPeriod, toPeriod, difficulty])).toEqual([
      [1, 25, '88104191118793'],
      [26, 48, '83148355189239'],
    ]);
    expect(day.retargets.map(({ height, fromAt }) => [height, fromAt])).toEqual([
      [840672, '2024-04-24T14:51:52Z'],
      [842688, '2024-05-09T11:00:14Z'],
    ]);
    expect(day.state).toBe('complete');
    // Block 840000 came at 00:09:27Z, inside period 3 (halvings.csv).
    const halving = dailyDifficulty.parse(await get('/api/difficulty/2024-04-20'));
    expect(
      halving.mining.map(({ fromPeriod, toPeriod, blockSubsidyBtc }) => [fromPeriod, toPeriod, blockSubsidyBtc]),
    ).toEqual([
      [1, 3, '6.25'],
      [4, 48, '3.125'],
    ]);
    const early = dailyDifficulty.parse(await get('/api/difficulty/2018-01-01'));
    expect(early).toMatchObject({ state: 'blocked', mining: [], missing: [{ cause: 'difficulty-missing' }] });
  });

  it('has a retarget added by whoever may, through the reconciler', async () => {
    const retarget = { height: 955584, fromAt: '2026-06-28T04:11:09Z', difficulty: '138966872071213' };
    const add = (key: string) =>
      gateway.inject({
        method: 'POST',
        url: '/api/difficulty',
        payload: { ...retarget, reason: 'read from a block explorer' },
        headers: { authorization: `Bearer ${key}` },
      });
    expect((await add(operatorKeys.repair)).statusCode).toBe(403);
    const created = await add(operatorKeys.admin);
    expect([created.statusCode, created.json()]).toEqual([201, { ...retarget, added: true }]);
    added = false;
    expect((await add(operatorKeys.admin)).statusCode).toBe(200);
    const order = { retarget, reason: 'read from a block explorer', requestedBy: 'admin', idempotencyKey: null };
    expect(asked).toEqual([order, order]);
    asked = [];
  });
});
