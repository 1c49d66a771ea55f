import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';

interface Page {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

const route = '/api/curtailment/records?date=2025-05-26';
const viking = { farmId: 'T_VKNGW-1', leadParty: 'Viking, "North"' };
const moray = { farmId: 'T_MOWEO-1', leadParty: null };

describe('curtailment records', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    await storeDay(owner, {
      date: '2025-05-26',
      records: [
        { period: 2, ...viking, volumeMwh: '-12.50', price: '-64.2' },
        { period: 2, ...viking, volumeMwh: '-0.12345678901234567890', price: '100' },
        { period: 2, ...viking, volumeMwh: '-1', price: '0', acceptanceId: null },
        { period: 1, ...viking, volumeMwh: '-3', price: '-1' },
        { period: 2, ...moray, volumeMwh: '-4', price: '-1' },
      ],
    });
    gateway = await startGateway(env);
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  it('are served with the digits that the source sent', async () => {
    const { payload } = await gateway.inject({ url: `${route}&period=2&farmId=T_VKNGW-1&limit=3` });
    const sent = ['-1,', '-12.50,', '-0.12345678901234567890,'];
    expect([...payload.matchAll(/"volumeMwh":([^,]+,)/g)].map(([, digits]) => digits)).toEqual(sent);
    expect((JSON.parse(payload) as Page).items[1]).toEqual({
      settlementDate: '2025-05-26',
      settlementPeriod: 2,
      farmId: 'T_VKNGW-1',
      leadParty: 'Viking, "North"',
      side: 'bid',
      acceptanceId: 1000,
      bidOfferPairId: -1,
      volumeMwh: -12.5,
      originalPriceGbpPerMwh: -64.2,
      soFlag: true,
      cadlFlag: null,
      sourceCreatedAt: '2025-05-26T08:15:00Z',
    });
  });

  it('come page by page, each once, in the order of period, farm and acceptance', async () => {
    const seen: unknown[] = [];
    let next = '';
    for (;;) {
      const response = await gateway.inject({ url: `${route}&limit=2${next}` });
      const page: Page = response.json();
      seen.push(...page.items.map((item) => [item.settlementPeriod, item.farmId, item.acceptanceId]));
      if (page.nextCursor === null) break;
      next = `&cursor=${page.nextCursor}`;
      expect(response.headers.link).toBe(`<${route}&limit=2&cursor=${page.nextCursor}>; rel="next"`);
    }
    expect(seen).toEqual([
      [1, 'T_VKNGW-1', 1003],
      [2, 'T_MOWEO-1', 1004],
      [2, 'T_VKNGW-1', null],
      [2, 'T_VKNGW-1', 1000],
      [2, 'T_VKNGW-1', 1001],
    ]);
  });

  it('are offered as CSV and NDJSON, the next page by a link', async () => {
    const csv = await gateway.inject({ url: `${route}&period=2&limit=2`, headers: { accept: 'text/csv, */*' } });
    expect(csv.headers.link).toMatch(/rel="next"$/);
    expect(csv.payload.split('\n').slice(0, 3)).toEqual([
      'settlementDate,settlementPeriod,farmId,leadParty,side,acceptanceId,bidOfferPairId,volumeMwh,originalPriceGbpPerMwh,soFlag,cadlFlag,sourceCreatedAt',
      '2025-05-26,2,T_MOWEO-1,,bid,1004,-1,-4,-1,true,,2025-05-26T08:15:00Z',
      '2025-05-26,2,T_VKNGW-1,"Viking, ""North""",bid,,,-1,0,true,,2025-05-26T08:15:00Z',
    ]);
    const none = await gateway.inject({ url: '/api/curtailment/records?date=2025-05-27&format=csv' });
    expect(none.payload.trimEnd().split(',')).toHaveLength(12);
    const ndjson = await gateway.inject({ url: route, headers: { accept: 'application/x-ndjson' } });
    expect(ndjson.payload.trimEnd().split('\n')).toHaveLength(5);
    expect(ndjson.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
  });

  it('are none on a date without data', async () => {
    const response = await gateway.inject({ url: '/api/curtailment/records?date=2025-05-27' });
    expect([response.statusCode, response.json()]).toEqual([200, { items: [], nextCursor: null }]);
  });
});
