import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { failWindFetch, storeWindGeneration } from '../../test/stored-wind-generation.js';
import { type HalfHour } from '../curtailment/half-hourly.controller.js';
import { dailySummary, monthlySummary, yearlySummary } from '../summaries/summary.dto.js';
import { type WindPeriod, windPeriod } from './wind-generation.dto.js';

const viking = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
/** A day's curtailment of so many MWh. */
const curtailed = (mwh: number) => [{ period: 1, ...viking, volumeMwh: String(-mwh), price: '-1' }];

describe('wind generation', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    gateway = await startGateway(env);
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function get<Body>(url: string): Promise<Body> {
    const response = await gateway.inject({ url });
    expect([url, response.statusCode]).toEqual([url, 200]);
    return response.json();
  }
  async function periodsOf(date: string): Promise<WindPeriod[]> {
    const { items } = await get<{ items: unknown[] }>(`/api/wind-generation/${date}`);
    return items.map((item) => windPeriod.strict().parse(item));
  }
  const daily = async (date: string, query = '') =>
    dailySummary.strict().parse(await get(`/api/summary/daily/${date}${query}`));
  const monthly = async (month: string) => monthlySummary.strict().parse(await get(`/api/summary/monthly/${month}`));
  const yearly = async (year: number) => yearlySummary.strict().parse(await get(`/api/summary/yearly/${year}`));

  describe('in summaries', () => {
    it('is that of a day, beside the curtailed share of it', async () => {
      await storeDay(owner, { date: '2025-05-01', records: curtailed(1000) });
      await storeWindGeneration(owner, '2025-05-01', () => [25, 100]);
      // 48 × 25 ÷ 2 = 600 and 2,400 MWh; 1000 of 4000.
      expect(await daily('2025-05-01')).toMatchObject({
        windOnshoreMwh: 600,
        windOffshoreMwh: 2400,
        windPeriodsLoaded: 48,
        curtailedShare: 0.25,
        state: 'complete',
      });
    });

    it('is left out of figures of some farms', async () => {
      expect(await daily('2025-05-01', '?farmId=T_VKNGW-1')).toMatchObject({
        curtailedMwh: 1000,
        windOnshoreMwh: null,
        windOffshoreMwh: null,
        windPeriodsLoaded: null,
        curtailedShare: null,
      });
    });

    it('is that of a month and of a year, whose share is of all of their days', async () => {
      await storeDay(owner, { date: '2025-05-02', records: curtailed(500) });
      await storeWindGeneration(owner, '2025-05-02', () => [100, 200]);
      // 1500 ÷ (1500 + 600 + 2400 + 2400 + 4800)
      const figures = { windOnshoreMwh: 3000, windOffshoreMwh: 7200, windPeriodsLoaded: 96, curtailedShare: 0.128205 };
      expect(await monthly('2025-05')).toMatchObject(figures);
      expect(await yearly(2025)).toMatchObject(figures);
    });

    // Each in a year of its own.
    it.each<[string, string, (date: string) => Promise<void>]>([
      ['curtailment and no generation', '2010', (date) => storeDay(owner, { date })],
      ['generation and no curtailment', '2011', (date) => storeWindGeneration(owner, date, () => [10, 10])],
      [
        'curtailment in part',
        '2012',
        async (date) => {
          await storeDay(owner, { date, failed: { 12: 'HTTP 500' } });
          await storeWindGeneration(owner, date, () => [10, 10]);
        },
      ],
      [
        'generation in part',
        '2013',
        async (date) => {
          await storeDay(owner, { date });
          await storeWindGeneration(owner, date, (period) => [10, period === 48 ? null : 10]);
        },
      ],
      [
        'curtailment that is not summed yet',
        '2014',
        async (date) => {
          await storeDay(owner, { date, derived: 'calculated' });
          await storeWindGeneration(owner, date, () => [10, 10]);
        },
      ],
    ])('has no share where a day has %s: nobody can say of what', async (_, year, store) => {
      await storeDay(owner, { date: `${year}-03-01`, records: curtailed(100) });
      await storeWindGeneration(owner, `${year}-03-01`, () => [10, 10]);
      // 100 ÷ (100 + 240 + 240)
      expect((await monthly(`${year}-03`)).curtailedShare).toBe(0.172414);
      await store(`${year}-03-02`);
      expect((await daily(`${year}-03-02`)).curtailedShare).toBeNull();
      const month = await monthly(`${year}-03`);
      expect([month.curtailedShare, (await yearly(Number(year))).curtailedShare]).toEqual([null, null]);
      // What is known is summed all the same.
      expect(month.windOnshoreMwh).toBeGreaterThanOrEqual(240);
    });

    it('is null where nothing is known, and the share too where nothing blew', async () => {
      const nothing = { windOnshoreMwh: null, windOffshoreMwh: null, windPeriodsLoaded: 0, curtailedShare: null };
      expect(await daily('2021-03-01')).toMatchObject(nothing);
      expect(await monthly('2021-03')).toMatchObject(nothing);
      expect(await yearly(2021)).toMatchObject(nothing);
      await storeDay(owner, { date: '2021-03-01' });
      await storeWindGeneration(owner, '2021-03-01', () => [0, 0]);
      expect(await daily('2021-03-01')).toMatchObject({ windOnshoreMwh: 0, windOffshoreMwh: 0, curtailedShare: null });
    });

    it('changes tag and revision when it changes, and the state never', async () => {
      const date = '2020-03-01';
      await storeDay(owner, { date, records: curtailed(100) });
      await storeWindGeneration(owner, date, () => [10, 10]);
      const paths = [`daily/${date}`, 'monthly/2020-03', 'yearly/2020'].map((path) => `/api/summary/${path}`);
      const seen = () => Promise.all(paths.map(async (url) => (await gateway.inject({ url })).headers.etag));
      const revisions = () => Promise.all(paths.map(async (url) => (await get<{ revision: number }>(url)).revision));
      const before = { tags: await seen(), revisions: await revisions(), state: (await daily(date)).state };
      await storeWindGeneration(owner, date, (period) => [10, period === 1 ? 11 : 10]);
      const [tags, newer] = [await seen(), await revisions()];
      for (const index of paths.keys()) {
        expect(tags[index]).not.toBe(before.tags[index]);
        expect(newer[index]).toBeGreaterThan(before.revisions[index] ?? 0);
      }
      expect((await daily(date)).state).toBe(before.state);
      await storeWindGeneration(owner, date, (period) => [10, period === 1 ? 11 : null]);
      expect((await daily(date)).state).toBe(before.state);
    });
  });

  it('is served with each half hour, with its share', async () => {
    await storeDay(owner, { date: '2025-03-30', records: curtailed(3), failed: { 2: 'HTTP 500' } });
    await storeWindGeneration(owner, '2025-03-30', (period) => [period === 3 ? null : 6, 12]);
    const halfHours = async (query: string) =>
      (await get<{ items: HalfHour[] }>(`/api/curtailment/half-hourly/2025-03-30${query}`)).items;
    const [first, second, third, fourth, ...rest] = await halfHours('');
    expect(rest).toHaveLength(42);
    // 3 of 3 + 3 + 6 MWh.
    expect(first).toMatchObject({ windOnshoreMwh: 3, windOffshoreMwh: 6, windPeriodsLoaded: 1, curtailedShare: 0.25 });
    expect(second).toMatchObject({ windOnshoreMwh: 3, curtailedMwh: null, curtailedShare: null });
    expect(third).toMatchObject({
      windOnshoreMwh: null,
      windOffshoreMwh: 6,
      windPeriodsLoaded: 0,
      curtailedShare: null,
    });
    expect(fourth).toMatchObject({ curtailedMwh: 0, curtailedShare: 0 });
    const [narrowed] = await halfHours('?leadParty=Viking');
    expect(narrowed).toMatchObject({ curtailedMwh: 3, windOnshoreMwh: null, curtailedShare: null });
  });

  describe('whose half hours somebody altered', () => {
    const table = 'ingestion.wind_generation_data';
    it.each<[string, string, (date: string) => string]>([
      [
        'one changed',
        '2024-06-01',
        (date) => `update ${table} set onshore_mw = 9 where settlement_date = '${date}' and settlement_period = 1`,
      ],
      [
        'two exchanged',
        '2024-06-02',
        (date) =>
          `update ${table} w set onshore_mw = o.onshore_mw from ${table} o
           where w.settlement_date = '${date}' and o.settlement_date = '${date}'
             and (w.settlement_period, o.settlement_period) in ((1, 2), (2, 1))`,
      ],
      ['one added', '2024-06-03', (date) => `insert into ${table} values ('${date}', 48, 1, 2, now(), now())`],
      [
        'one deleted',
        '2024-06-04',
        (date) => `delete from ${table} where settlement_date = '${date}' and settlement_period = 1`,
      ],
      ['all deleted', '2024-06-05', (date) => `delete from ${table} where settlement_date = '${date}'`],
    ])('(%s) is not served, and says so until it is fetched again', async (_, date, sql) => {
      const output = (period: number): [number | null, number | null] => (period === 48 ? [null, null] : [period, 12]);
      const served = async () => ({
        periods: (await periodsOf(date)).map(({ revision: _revision, ...period }) => period),
        halfHours: await windOf(`half-hourly/${date}`),
        hours: await windOf(`hourly/${date}`),
      });
      await storeDay(owner, { date, records: curtailed(3) });
      await storeWindGeneration(owner, date, output);
      const before = await served();
      // 3 of 3 + 0.5 + 6 MWh.
      expect(before.halfHours[0]).toEqual([0.5, 6, 1, 0.315789]);

      await owner.query(sql(date));
      const { periods, halfHours, hours } = await served();
      expect(periods).toHaveLength(48);
      for (const [index, { settlementPeriod, startAt, ...period }] of periods.entries()) {
        expect([settlementPeriod, startAt]).toEqual([index + 1, before.periods[index]?.startAt]);
        expect(period).toEqual({
          onshoreMw: null,
          offshoreMw: null,
          onshoreMwh: null,
          offshoreMwh: null,
          state: 'absent',
          missing: [
            {
              cause: 'fetch-failed',
              detail: 'The half hours are not those that were fetched.',
              repair: `windfall wind-generation ${date}`,
            },
          ],
        });
      }
      expect(halfHours).toEqual(Array.from({ length: 48 }, () => [null, null, 0, null]));
      expect(hours).toEqual(Array.from({ length: 24 }, () => [null, null, 0, null]));

      await owner.query(`delete from ${table} where settlement_date = $1`, [date]);
      await storeWindGeneration(owner, date, output);
      expect(await served()).toEqual(before);
    });

    it('is not served of a day that nobody fetched yet either', async () => {
      const date = '2024-06-06';
      await owner.query(`insert into ${table} values ('${date}', 1, 1, 2, now(), now())`);
      expect((await periodsOf(date))[0]).toMatchObject({
        onshoreMw: null,
        state: 'absent',
        missing: [{ cause: 'not-fetched' }],
      });
    });

    /** [onshore MWh, offshore MWh, periods, share] of each half hour or hour. */
    async function windOf(path: string): Promise<unknown[][]> {
      const { items } = await get<{ items: HalfHour[] }>(`/api/curtailment/${path}`);
      return items.map((item) => [
        item.windOnshoreMwh,
        item.windOffshoreMwh,
        item.windPeriodsLoaded,
        item.curtailedShare,
      ]);
    }
  });

  describe('of a date', () => {
    it('has mean power and energy of each period, of long and short days too', async () => {
      await storeWindGeneration(owner, '2024-10-27', (period) => [period, 1000.0000015]);
      const periods = await periodsOf('2024-10-27');
      expect(periods).toHaveLength(50);
      expect(periods.at(-1)).toEqual({
        settlementPeriod: 50,
        startAt: '2024-10-27T23:30:00Z',
        onshoreMw: 50,
        offshoreMw: 1000.000002,
        onshoreMwh: 25,
        offshoreMwh: 500.000001,
        state: 'complete',
        missing: [],
        revision: expect.any(Number),
      });
      expect(await periodsOf('2024-03-31')).toHaveLength(46);
    });

    it('says of each period how far it can be relied on', async () => {
      const date = '2025-05-27';
      expect((await periodsOf(date))[0]).toMatchObject({
        onshoreMw: null,
        state: 'absent',
        missing: [{ cause: 'not-fetched', repair: `windfall wind-generation ${date}` }],
        revision: null,
      });
      // Asked for on the day itself, which the source may still change.
      await storeWindGeneration(
        owner,
        date,
        (period) => [period === 3 ? null : 1, period === 2 || period === 3 ? null : 2],
        { askedAt: '2025-05-27T23:00:00Z' },
      );
      const [first, second, third] = await periodsOf(date);
      expect(first).toMatchObject({ onshoreMw: 1, offshoreMw: 2, state: 'provisional', missing: [] });
      expect(second).toMatchObject({ onshoreMw: 1, offshoreMw: null, offshoreMwh: null, state: 'partial' });
      expect(second?.missing).toMatchObject([
        { cause: 'not-published', detail: 'The source has published nothing offshore of this period.' },
      ]);
      expect(third).toMatchObject({ onshoreMw: null, offshoreMw: null, state: 'absent' });
      await failWindFetch(owner, date, 'HTTP 500, 5 attempts');
      const [afterFailure] = await periodsOf(date);
      expect(afterFailure).toMatchObject({
        onshoreMw: 1,
        state: 'partial',
        missing: [{ cause: 'fetch-failed', detail: 'HTTP 500, 5 attempts' }],
      });
    });

    it('comes as CSV too', async () => {
      await storeWindGeneration(owner, '2025-05-28', () => [7484.653, 11711.9]);
      const csv = await gateway.inject({ url: '/api/wind-generation/2025-05-28', headers: { accept: 'text/csv' } });
      const [header, first, ...rest] = csv.payload.trimEnd().split('\n');
      expect(header).toMatch(
        /^settlementPeriod,startAt,onshoreMw,offshoreMw,onshoreMwh,offshoreMwh,state,missing,revision$/,
      );
      expect(first).toMatch(/^1,2025-05-27T23:00:00Z,7484\.653,11711\.9,3742\.3265,5855\.95,complete,\[\],\d+$/);
      expect(rest).toHaveLength(47);
    });
  });
});
