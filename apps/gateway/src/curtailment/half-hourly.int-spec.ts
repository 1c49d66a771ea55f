import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { type HalfHour, type Hour } from './half-hourly.controller.js';

const viking = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
const moray = { farmId: 'T_MOWEO-1', leadParty: 'Moray' };

describe('half-hourly figures', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    await storeDay(owner, {
      date: '2025-03-30',
      records: [
        { period: 1, ...viking, volumeMwh: '-10', price: '-60.005' },
        { period: 1, ...viking, volumeMwh: '-2', price: '5' },
        { period: 1, ...moray, volumeMwh: '-7.0000005', price: '-1' },
        { period: 46, ...moray, volumeMwh: '-4', price: '-1' },
      ],
      failed: { 3: 'HTTP 500, 5 attempts' },
    });
    await owner.query(
      `update ingestion.settlement_periods set fetched_at = '2025-04-02T00:00:00Z' where settlement_period <> 4`,
    );
    await owner.query(
      `update ingestion.settlement_periods set fetched_at = '2025-03-30T12:00:00Z' where settlement_period = 4`,
    );
    await storeDay(owner, {
      date: '2025-05-26',
      records: [{ period: 2, ...viking, volumeMwh: '-1', price: '-1' }],
      blocked: 'none',
    });
    await storeDay(owner, {
      date: '2025-05-27',
      records: [{ period: 2, ...viking, volumeMwh: '-1', price: '-1' }],
      derived: 'ingested',
    });
    gateway = await startGateway(env);
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function halfHours(path: string): Promise<HalfHour[]> {
    const response = await gateway.inject({ url: `/api/curtailment/half-hourly/${path}` });
    expect([path, response.statusCode]).toEqual([path, 200]);
    return response.json<{ items: HalfHour[] }>().items;
  }

  it('has an item for each period of a day on which clocks change, with its start', async () => {
    const items = await halfHours('2025-03-30');
    expect(items.map(({ settlementPeriod }) => settlementPeriod)).toEqual(
      Array.from({ length: 46 }, (_, index) => index + 1),
    );
    expect([items[0]?.startAt, items[2]?.startAt, items[45]?.startAt]).toEqual([
      '2025-03-30T00:00:00Z',
      '2025-03-30T01:00:00Z',
      '2025-03-30T22:30:00Z',
    ]);
    expect((await halfHours('2025-10-26')).length).toBe(50);
  });

  it('sums each period, and tells 0 from unknown', async () => {
    const [first, second, third, fourth] = await halfHours('2025-03-30');
    expect(first).toMatchObject({
      curtailedMwh: 19.000001,
      // 10 × 60.005 − 2 × 5 + 7.0000005
      paymentGbp: 597.05,
      absolutePaymentGbp: 617.05,
      potentialBtc: { S19J_PRO: '0.01900000', S9: '0.00570000', M20S: '0.01330000' },
      state: 'complete',
      missing: [],
    });
    expect(second).toMatchObject({ curtailedMwh: 0, potentialBtc: { S9: '0.00000000' }, state: 'complete' });
    expect(third).toMatchObject({
      curtailedMwh: null,
      potentialBtc: { S9: null },
      state: 'absent',
      missing: [{ cause: 'fetch-failed', periods: [3], repair: 'windfall date 2025-03-30' }],
    });
    // Fetched on the day itself, which the source may still change.
    expect(fourth?.state).toBe('provisional');
  });

  it('narrows down to a farm or a lead party', async () => {
    const [first] = await halfHours('2025-03-30?farmId=T_MOWEO-1&minerModel=S9');
    expect(first).toMatchObject({ curtailedMwh: 7.000001, potentialBtc: { S19J_PRO: '0.00700000' } });
    const [viking] = await halfHours('2025-03-30?leadParty=Viking');
    expect(viking).toMatchObject({ curtailedMwh: 12, paymentGbp: 590.05 });
  });

  async function hours(path: string): Promise<Hour[]> {
    const response = await gateway.inject({ url: `/api/curtailment/hourly/${path}` });
    expect([path, response.statusCode]).toEqual([path, 200]);
    return response.json<{ items: Hour[] }>().items;
  }

  it('come as hours of the clock too: one is left out in spring, one comes twice in autumn', async () => {
    const spring = await hours('2025-03-30');
    expect(spring.map(({ localHour }) => localHour).slice(0, 4)).toEqual([0, 2, 3, 4]);
    expect(spring).toHaveLength(23);
    expect(spring[1]).toMatchObject({ startAt: '2025-03-30T01:00:00Z', fromPeriod: 3, toPeriod: 4 });
    const autumn = await hours('2025-10-26');
    expect(autumn).toHaveLength(25);
    expect(autumn.slice(0, 4).map(({ localHour, startAt }) => [localHour, startAt])).toEqual([
      [0, '2025-10-25T23:00:00Z'],
      [1, '2025-10-26T00:00:00Z'],
      [1, '2025-10-26T01:00:00Z'],
      [2, '2025-10-26T02:00:00Z'],
    ]);
  });

  it('are summed to hours exactly, of what is known, and say what is missing', async () => {
    const [first, second, ...others] = await hours('2025-03-30');
    expect(first).toMatchObject({ curtailedMwh: 19.000001, paymentGbp: 597.05, state: 'complete', missing: [] });
    // Period 3 failed; period 4 was fetched and nothing was curtailed.
    expect(second).toMatchObject({
      curtailedMwh: 0,
      potentialBtc: { S9: '0.00000000' },
      state: 'partial',
      missing: [{ cause: 'fetch-failed', periods: [3] }],
    });
    expect(others.at(-1)).toMatchObject({ curtailedMwh: 4, fromPeriod: 45, toPeriod: 46, state: 'complete' });
    const [absent] = await hours('2025-05-28');
    expect(absent).toMatchObject({
      curtailedMwh: null,
      potentialBtc: { S9: null },
      state: 'absent',
      missing: [{ cause: 'not-fetched', periods: [1, 2] }],
    });
    const [viking] = await hours('2025-03-30?leadParty=Viking');
    expect(viking).toMatchObject({ curtailedMwh: 12, paymentGbp: 590.05, windOnshoreMwh: null });
  });

  it('says of a blocked, an underived and an absent day what each period is', async () => {
    const blocked = (await halfHours('2025-05-26'))[1];
    expect(blocked).toMatchObject({ curtailedMwh: 1, potentialBtc: { S9: null }, state: 'blocked' });
    const underived = (await halfHours('2025-05-27'))[1];
    expect(underived).toMatchObject({
      curtailedMwh: 1,
      potentialBtc: { S9: null },
      state: 'partial',
      missing: [{ cause: 'not-calculated', periods: [] }],
    });
    const absent = (await halfHours('2025-05-28'))[1];
    expect(absent).toMatchObject({
      curtailedMwh: null,
      state: 'absent',
      revision: null,
      missing: [{ cause: 'not-fetched', periods: [2] }],
    });
  });
});
