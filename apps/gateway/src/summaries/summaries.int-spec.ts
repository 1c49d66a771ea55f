import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { dailySummary, monthlySummary, yearlySummary } from './summary.dto.js';

const viking = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
const moray = { farmId: 'T_MOWEO-1', leadParty: 'Moray' };

describe('summaries', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    await storeDay(owner, {
      date: '2025-05-25',
      records: [
        { period: 1, ...viking, volumeMwh: '-10.0000005', price: '-64.2' },
        { period: 1, ...viking, volumeMwh: '-2.5', price: '10' },
        { period: 48, ...moray, volumeMwh: '-7', price: '-1.005' },
      ],
    });
    await storeDay(owner, { date: '2025-05-26' });
    await storeDay(owner, {
      date: '2025-05-27',
      records: [{ period: 3, ...viking, volumeMwh: '-100', price: '-50' }],
      blocked: 'No difficulty for 2025-05-27',
    });
    await storeDay(owner, {
      date: '2025-05-28',
      records: [{ period: 3, ...moray, volumeMwh: '-4', price: '-50' }],
      failed: { 12: 'HTTP 500, 5 attempts', 30: 'HTTP 500, 5 attempts' },
    });
    gateway = await startGateway(env);
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function get(url: string): Promise<Record<string, unknown>> {
    const response = await gateway.inject({ url });
    expect([url, response.statusCode, response.payload]).toEqual([url, 200, expect.any(String)]);
    return response.json();
  }

  it('sums a day exactly and rounds once, half away from zero', async () => {
    // 10.0000005 + 2.5 + 7 MWh; 10.0000005 × 64.2 − 2.5 × 10 + 7 × 1.005 = 624.0350321 GBP
    const day = dailySummary.strict().parse(await get('/api/summary/daily/2025-05-25'));
    expect(day).toMatchObject({
      settlementDate: '2025-05-25',
      periodsExpected: 48,
      periodsLoaded: 48,
      records: 3,
      combinations: 2,
      curtailedMwh: 19.500001,
      paymentGbp: 624.04,
      absolutePaymentGbp: 674.04,
      windOnshoreMwh: null,
      windOffshoreMwh: null,
      curtailedShare: null,
      potentialBtc: { M20S: '0.01365000', S19J_PRO: '0.01950000', S9: '0.00585000' },
      state: 'complete',
      missing: [],
    });
    expect(day.revision).toBeGreaterThan(0);
  });

  it('tells a day without curtailment, which is 0, from a day never fetched, which is null', async () => {
    expect(await get('/api/summary/daily/2025-05-26')).toMatchObject({
      records: 0,
      combinations: 0,
      curtailedMwh: 0,
      paymentGbp: 0,
      potentialBtc: { M20S: '0.00000000', S19J_PRO: '0.00000000', S9: '0.00000000' },
      state: 'complete',
    });
    const never = dailySummary.strict().parse(await get('/api/summary/daily/2025-10-26'));
    expect(never).toMatchObject({
      periodsExpected: 50,
      periodsLoaded: 0,
      records: null,
      combinations: null,
      curtailedMwh: null,
      paymentGbp: null,
      absolutePaymentGbp: null,
      potentialBtc: { M20S: null, S19J_PRO: null, S9: null },
      state: 'absent',
      revision: null,
    });
  });

  it('gives no bitcoin of a blocked day, but its energy', async () => {
    const blocked = await get('/api/summary/daily/2025-05-27');
    expect(blocked).toMatchObject({
      curtailedMwh: 100,
      paymentGbp: 5000,
      potentialBtc: { M20S: null, S19J_PRO: null, S9: null },
      state: 'blocked',
      missing: [{ cause: 'difficulty-missing', periods: [1, 2], detail: 'No difficulty for 2025-05-27' }],
    });
  });

  it('gives the sum of what is known of a partial day, and says what is missing', async () => {
    expect(await get('/api/summary/daily/2025-05-28')).toMatchObject({
      periodsLoaded: 46,
      curtailedMwh: 4,
      potentialBtc: { S19J_PRO: '0.00400000' },
      state: 'partial',
      missing: [
        {
          cause: 'fetch-failed',
          periods: [12, 30],
          detail: 'HTTP 500, 5 attempts',
          repair: 'windfall date 2025-05-28',
        },
      ],
    });
  });

  it('narrows a day down to a farm or a lead party, counts included', async () => {
    const farm = dailySummary.strict().parse(await get('/api/summary/daily/2025-05-25?farmId=T_VKNGW-1'));
    expect(farm).toMatchObject({ farmId: 'T_VKNGW-1', records: 2, combinations: 1, curtailedMwh: 12.500001 });
    expect(farm.potentialBtc).toEqual({ M20S: '0.00875000', S19J_PRO: '0.01250000', S9: '0.00375000' });
    const party = await get('/api/summary/daily/2025-05-25?leadParty=Moray');
    expect(party).toMatchObject({ leadParty: 'Moray', records: 1, curtailedMwh: 7, paymentGbp: 7.04 });
    // It was not curtailed on a day that is known, and nothing is known of the other.
    expect(await get('/api/summary/daily/2025-05-26?farmId=T_VKNGW-1')).toMatchObject({ curtailedMwh: 0, records: 0 });
    expect(await get('/api/summary/daily/2025-06-01?farmId=T_VKNGW-1')).toMatchObject({ curtailedMwh: null });
    expect(await get('/api/summary/daily/2025-05-27?farmId=T_MOWEO-1')).toMatchObject({
      curtailedMwh: 0,
      potentialBtc: { S9: null },
    });
  });

  it('sums a month of what is known and joins what is missing on successive days', async () => {
    const month = monthlySummary.strict().parse(await get('/api/summary/monthly/2025-05'));
    expect(month).toMatchObject({
      month: '2025-05',
      daysExpected: 31,
      daysComplete: 2,
      // 19.5000005 + 0 + 100 + 4; the blocked day has no bitcoin
      curtailedMwh: 123.500001,
      potentialBtc: { M20S: '0.01645000', S19J_PRO: '0.02350000', S9: '0.00705000' },
      state: 'partial',
    });
    const gaps = month.missing.map(({ cause, from, to, periods, repair }) => [cause, from, to, periods.length, repair]);
    expect(gaps).toEqual([
      ['not-fetched', '2025-05-01', '2025-05-24', 0, 'windfall range 2025-05-01 2025-05-24'],
      ['difficulty-missing', '2025-05-27', '2025-05-27', 2, expect.any(String)],
      ['fetch-failed', '2025-05-28', '2025-05-28', 2, 'windfall date 2025-05-28'],
      ['not-fetched', '2025-05-29', '2025-05-31', 0, 'windfall range 2025-05-29 2025-05-31'],
    ]);
    const revisions = await Promise.all(
      ['25', '26', '27', '28'].map(async (day) => Number((await get(`/api/summary/daily/2025-05-${day}`)).revision)),
    );
    expect(month.revision).toBe(Math.max(...revisions));
  });

  it('sums a year, and one of which nothing is known', async () => {
    const year = yearlySummary.strict().parse(await get('/api/summary/yearly/2025?leadParty=Moray'));
    expect(year).toMatchObject({
      year: 2025,
      leadParty: 'Moray',
      daysExpected: 365,
      curtailedMwh: 11,
      state: 'partial',
    });
    // The present of this test is noon of 15 June: that day has settled in part, those after it not at all.
    expect(year.missing.slice(-3).map(({ cause, from, to }) => [cause, from, to])).toEqual([
      ['fetch-failed', '2025-05-28', '2025-05-28'],
      ['not-fetched', '2025-05-29', '2025-06-15'],
      ['not-settled', '2025-06-15', '2025-12-31'],
    ]);
    expect(await get('/api/summary/yearly/2024')).toMatchObject({
      daysExpected: 366,
      daysComplete: 0,
      curtailedMwh: null,
      potentialBtc: { S9: null },
      state: 'absent',
      revision: null,
    });
  });

  it('lists each day, month or year that a range touches', async () => {
    const days = (await get('/api/summary/daily?from=2025-05-24&to=2025-05-26')).items as Record<string, unknown>[];
    expect(days.map((day) => [day.settlementDate, day.curtailedMwh])).toEqual([
      ['2025-05-24', null],
      ['2025-05-25', 19.500001],
      ['2025-05-26', 0],
    ]);
    const months = await get('/api/summary/monthly?from=2025-04-30&to=2025-05-01');
    expect((months.items as { month: string }[]).map(({ month }) => month)).toEqual(['2025-04', '2025-05']);
    const years = await get('/api/summary/yearly?from=2024-12-31&to=2025-01-01');
    expect((years.items as { year: number }[]).map(({ year }) => year)).toEqual([2024, 2025]);
    expect(years.nextCursor).toBeNull();
  });

  it('offers lists as CSV and NDJSON', async () => {
    const url = '/api/summary/daily?from=2025-05-25&to=2025-05-26';
    const csv = await gateway.inject({ url, headers: { accept: 'text/csv' } });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const [header, first, ...rest] = csv.payload.trimEnd().split('\n');
    expect(header?.split(',').slice(0, 6)).toEqual([
      'settlementDate',
      'periodsExpected',
      'periodsLoaded',
      'records',
      'combinations',
      'curtailedMwh',
    ]);
    expect(header).toContain('potentialBtc.S19J_PRO');
    expect(first).toMatch(/^2025-05-25,48,48,3,2,19\.500001,624\.04,674\.04,,,0,,/);
    expect(rest).toHaveLength(1);
    const ndjson = await gateway.inject({ url: `${url}&format=ndjson` });
    const lines = ndjson.payload.trimEnd().split('\n');
    expect(lines.map((line) => dailySummary.parse(JSON.parse(line)).settlementDate)).toEqual([
      '2025-05-25',
      '2025-05-26',
    ]);
  });

  it('answers 304 while neither figures, state nor format change', async () => {
    const url = '/api/summary/daily/2025-05-26';
    const first = await gateway.inject({ url });
    const tag = first.headers.etag as string;
    const again = await gateway.inject({ url, headers: { 'if-none-match': `"other", W/${tag}` } });
    expect([again.statusCode, again.payload, again.headers.etag]).toEqual([304, '', tag]);
    const other = await gateway.inject({ url: `${url}?leadParty=Moray`, headers: { 'if-none-match': tag } });
    expect(other.statusCode).toBe(200);
    await owner.query(`update ingestion.settlement_days set source_final = false where settlement_date = '2025-05-26'`);
    const changed = await gateway.inject({ url, headers: { 'if-none-match': tag } });
    expect([changed.statusCode, changed.json()]).toEqual([200, expect.objectContaining({ state: 'provisional' })]);
  });
});
