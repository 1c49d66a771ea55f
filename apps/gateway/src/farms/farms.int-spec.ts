import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, storeRegisterVersion } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { farm, type FarmList, type LeadPartyList } from './farm.dto.js';

const viking = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
const moray = { farmId: 'T_MOWEO-1', leadParty: 'Moray' };

describe('farms', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    const unit = {
      nationalGridBmUnit: null,
      name: null,
      fuelType: 'WIND',
      generationCapacityMw: '443',
      countedAsWind: true,
    };
    await storeRegisterVersion(owner, 'hash', '2025-05-01T00:00:00Z', [
      { ...unit, ...viking, name: 'Viking' },
      // It was Moray's when it was curtailed, and is Ocean's now.
      { ...unit, ...moray, leadParty: 'Ocean' },
      { ...unit, farmId: 'T_CALM-1', leadParty: 'Ocean' },
      { ...unit, farmId: 'T_GAS-1', leadParty: 'Gas', fuelType: 'CCGT', countedAsWind: false },
    ]);
    await storeDay(owner, {
      date: '2025-05-26',
      records: [
        { period: 1, ...viking, volumeMwh: '-1', price: '-60' },
        { period: 1, ...moray, volumeMwh: '-2', price: '-60' },
      ],
    });
    await storeDay(owner, {
      date: '2025-05-27',
      records: [{ period: 1, ...viking, volumeMwh: '-6', price: '-10' }],
      blocked: 'none',
    });
    gateway = await startGateway(env);
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function get<Answer>(url: string): Promise<Answer> {
    const response = await gateway.inject({ url });
    expect([url, response.statusCode, response.payload]).toEqual([url, 200, expect.any(String)]);
    return response.json();
  }

  it('are listed with their part of a day, those not curtailed too', async () => {
    const list = await get<FarmList>('/api/farms?day=2025-05-26');
    expect(list.items.map((item) => [item.farmId, item.leadParty, item.curtailedMwh, item.shareOfTotal])).toEqual([
      ['T_CALM-1', 'Ocean', 0, 0],
      ['T_MOWEO-1', 'Ocean', 2, 0.666667],
      ['T_VKNGW-1', 'Viking', 1, 0.333333],
    ]);
    expect(list).toMatchObject({
      from: '2025-05-26',
      to: '2025-05-26',
      state: 'complete',
      missing: [],
      nextCursor: null,
    });
    expect(list.items[2]).toMatchObject({
      name: 'Viking',
      generationCapacityMw: 443,
      paymentGbp: 60,
      potentialBtc: { S9: '0.00030000' },
    });
  });

  it('are unknown in figures of a day never fetched, and of a blocked one in bitcoin', async () => {
    const never = await get<FarmList>('/api/farms?day=2025-05-25');
    expect(never.items[2]).toMatchObject({ curtailedMwh: null, shareOfTotal: null, potentialBtc: { S9: null } });
    expect(never).toMatchObject({ state: 'absent', missing: [{ cause: 'not-fetched', from: '2025-05-25' }] });
    const blocked = await get<FarmList>('/api/farms?day=2025-05-27');
    expect(blocked.items[2]).toMatchObject({ curtailedMwh: 6, shareOfTotal: 1, potentialBtc: { S9: null } });
  });

  it('are ranked by energy, or by the bitcoin of a miner model', async () => {
    const ids = async (query: string) =>
      (await get<FarmList>(`/api/farms/top?${query}`)).items.map(({ farmId }) => farmId);
    expect(await ids('month=2025-05&limit=2')).toEqual(['T_VKNGW-1', 'T_MOWEO-1']);
    expect(await ids('month=2025-05&limit=2&minerModel=S19J_PRO')).toEqual(['T_MOWEO-1', 'T_VKNGW-1']);
    expect(await ids('year=2025')).toHaveLength(3);
  });

  it('are read one by one, for all there is when no timeframe is given', async () => {
    expect(farm.strict().parse(await get('/api/farms/T_VKNGW-1'))).toMatchObject({
      farmId: 'T_VKNGW-1',
      curtailedMwh: 7,
      potentialBtc: { S19J_PRO: '0.00100000' },
      shareOfTotal: 0.777778,
      from: '2025-05-26',
      to: '2025-05-27',
      state: 'blocked',
    });
    const gas = await gateway.inject({ url: '/api/farms/T_GAS-1' });
    expect([gas.statusCode, gas.json<{ code: string }>().code]).toEqual([404, 'unknown-farm']);
  });

  it('count for the lead party they had when they were curtailed', async () => {
    const { items } = await get<LeadPartyList>('/api/lead-parties?month=2025-05');
    expect(items.map((item) => [item.leadParty, item.farmIds, item.curtailedMwh, item.shareOfTotal])).toEqual([
      ['Moray', ['T_MOWEO-1'], 2, 0.222222],
      ['Ocean', ['T_CALM-1', 'T_MOWEO-1'], 0, 0],
      ['Viking', ['T_VKNGW-1'], 7, 0.777778],
    ]);
  });

  it('are offered as CSV', async () => {
    const { payload } = await gateway.inject({ url: '/api/farms/top?day=2025-05-26&limit=1&format=csv' });
    expect(payload.trimEnd().split('\n')).toEqual([
      'farmId,name,leadParty,generationCapacityMw,curtailedMwh,paymentGbp,absolutePaymentGbp,potentialBtc.S19J_PRO,potentialBtc.S9,potentialBtc.M20S,shareOfTotal',
      'T_MOWEO-1,,Ocean,443,2,120,120,0.00200000,0.00060000,0.00140000,0.666667',
    ]);
  });
});
