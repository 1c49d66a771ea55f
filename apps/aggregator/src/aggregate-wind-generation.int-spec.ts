import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aggregationRequestedV1 } from '@app/contracts';
import {
  Database,
  drawWindFetchNumber,
  findStaleDays,
  lockWindGenerationDays,
  stampWindGenerationDays,
  storeWindPeriods,
} from '@app/database';
import { settlementDatesBetween, settlementPeriodsOf } from '@app/domain';
import { newEvent } from '@app/messaging';
import { createTestDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import { AggregateWindGenerationService } from './aggregate-wind-generation.service.js';

/** Mean MW of each period of a day; null is not known. */
type Output = (settlementPeriod: number) => [onshore: number | null, offshore: number | null];

const tables = ['daily', 'monthly', 'yearly'].map((level) => `summary.${level}_wind_generation`);

describe('the sums of wind generation', () => {
  let owner: Database;
  let aggregator: Database;
  let service: AggregateWindGenerationService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    aggregator = new Database({ url: urls.aggregator, applicationName: 'spec' });
    service = new AggregateWindGenerationService(aggregator);
  });
  afterAll(() => Promise.all([owner.close(), aggregator.close()]));

  /** Stores the output of a day as ingestion does. */
  async function store(settlementDate: string, output: Output): Promise<void> {
    const publishedAt = new Date(Date.parse('2026-01-01') + (await drawWindFetchNumber(owner)) * 1000).toISOString();
    const periodsExpected = settlementPeriodsOf(settlementDate);
    const reading = (mw: number | null) => (mw === null ? null : { meanMw: String(mw), publishedAt });
    const periods = Array.from({ length: periodsExpected }, (_, index) => index + 1).flatMap((settlementPeriod) => {
      const [onshore, offshore] = output(settlementPeriod).map(reading);
      if (onshore == null && offshore == null) return [];
      return [{ settlementDate, settlementPeriod, onshore: onshore ?? null, offshore: offshore ?? null }];
    });
    const fetchNumber = await drawWindFetchNumber(owner);
    await lockWindGenerationDays(owner, [{ settlementDate, periodsExpected }], fetchNumber);
    await storeWindPeriods(owner, periods);
    await stampWindGenerationDays(owner, {
      settlementDates: [settlementDate],
      fetchNumber,
      changedDates: periods.length === 0 ? [] : [settlementDate],
      askedAt: '2026-06-01T00:00:00Z',
      finalAt: ['2026-05-01T00:00:00Z'],
    });
  }

  async function aggregate(...settlementDates: string[]): Promise<void> {
    const request = newEvent(aggregationRequestedV1, { settlementDates, jobId: null }, { source: 'test' }).event;
    await service.aggregateDays(new Map(settlementDates.map((date) => [date, request])));
  }

  /** [onshore MWh, offshore MWh, periods, days] of a day, month or year; undefined when there is no row. */
  async function sumsOf(key: string): Promise<unknown[] | undefined> {
    const [table, column, days] =
      key.length === 10
        ? ['daily', 'settlement_date', '1']
        : key.length === 7
          ? ['monthly', 'month', 'days_loaded']
          : ['yearly', 'year', 'days_loaded'];
    const rows = (await owner.query(
      `select trim_scale(onshore_mwh)::text as onshore, trim_scale(offshore_mwh)::text as offshore, periods_loaded as periods, ${days} as days
       from summary.${table}_wind_generation where ${column}::text = $1`,
      [key],
    )) as object[];
    return rows[0] && Object.values(rows[0]);
  }

  async function revisionOf(settlementDate: string): Promise<number> {
    const rows = (await owner.query(`select revision from summary.daily_wind_generation where settlement_date = $1`, [
      settlementDate,
    ])) as { revision: number }[];
    return rows[0]?.revision ?? 0;
  }

  async function announced(settlementDate: string): Promise<{ id: string; payload: { data: object } }[]> {
    return (await owner.query(`select id, payload from summary.outbox where payload->>'subject' = $1 order by seq`, [
      settlementDate,
    ])) as { id: string; payload: { data: object } }[];
  }

  /** Where each row lies and which transaction wrote it. */
  async function written(): Promise<unknown> {
    return await Promise.all(tables.map((table) => owner.query(`select ctid, xmin, t from ${table} t order by 1`)));
  }

  it.each([
    ['2019-03-31', 46],
    ['2019-05-26', 48],
    ['2019-10-27', 50],
  ])('of %s are half of the mean power of its %i periods', async (date, periods) => {
    await store(date, (period) => [1000.001, period]);
    await aggregate(date);
    // 1000.001 MW × 0.5 h a period; 1 + 2 + … MW, halved.
    const onshore = { 46: '23000.023', 48: '24000.024', 50: '25000.025' }[periods];
    expect(await sumsOf(date)).toEqual([onshore, String((periods * (periods + 1)) / 4), periods, 1]);
    expect(await sumsOf(date.slice(0, 7))).toEqual([onshore, String((periods * (periods + 1)) / 4), periods, 1]);
  });

  it('of a month are those of its days, and of a year those of its months', async () => {
    const dates = ['2020-01-01', '2020-01-31', '2020-02-29', '2020-12-31'];
    for (const [index, date] of dates.entries()) await store(date, () => [10 ** index, 2 * 10 ** index]);
    // Neighbours that belong to neither.
    await store('2019-12-31', () => [7, 7]);
    await store('2021-01-01', () => [7, 7]);
    await aggregate(...dates, '2019-12-31', '2021-01-01');
    expect(await sumsOf('2020-01')).toEqual(['264', '528', 96, 2]);
    expect(await sumsOf('2020-02')).toEqual(['2400', '4800', 48, 1]);
    expect(await sumsOf('2020')).toEqual(['26664', '53328', 192, 4]);
  });

  it('are of what is known, with the number of periods and days; nothing known is no row', async () => {
    await store('2021-05-01', (period) => [period <= 10 ? 100 : null, period <= 4 ? 50 : null]);
    await store('2021-05-02', () => [null, 8]);
    await store('2021-05-03', () => [null, null]);
    await store('2021-06-01', () => [null, 8]);
    await aggregate('2021-05-01', '2021-05-02', '2021-05-03', '2021-06-01');
    expect(await sumsOf('2021-05-01')).toEqual(['500', '100', 4, 1]);
    expect(await sumsOf('2021-05-02')).toEqual([null, '192', 0, 1]);
    expect(await sumsOf('2021-05-03')).toBeUndefined();
    expect(await sumsOf('2021-05')).toEqual(['500', '292', 4, 2]);
    expect(await sumsOf('2021-06')).toEqual([null, '192', 0, 1]);
    expect(await sumsOf('2021-07')).toBeUndefined();
  });

  it('follow a corrected day with a new revision, announced once', async () => {
    await store('2022-05-01', () => [100, 100]);
    await store('2022-05-02', () => [1, 1]);
    await aggregate('2022-05-01', '2022-05-02');
    const before = await revisionOf('2022-05-01');
    await store('2022-05-01', (period) => [period === 48 ? 0 : 100, 100]);
    await aggregate('2022-05-01');
    const revision = await revisionOf('2022-05-01');
    expect(revision).toBeGreaterThan(before);
    expect(await sumsOf('2022-05-01')).toEqual(['2350', '2400', 48, 1]);
    expect(await sumsOf('2022')).toEqual(['2374', '2424', 96, 2]);
    const [, event, ...more] = await announced('2022-05-01');
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      id: `summary.updated:2022-05-01:${revision}`,
      payload: { data: { settlementDate: '2022-05-01', revision, input: 'wind-generation', month: '2022-05' } },
    });
  });

  it('are not written again when they are right', async () => {
    await store('2022-08-01', () => [1, 2]);
    await aggregate('2022-08-01');
    const before = [await written(), await announced('2022-08-01')];
    await aggregate('2022-08-01');
    expect([await written(), await announced('2022-08-01')]).toEqual(before);
  });

  it('are mended at every level, and their revision grows', async () => {
    const date = '2022-09-01';
    await store(date, () => [1, 2]);
    await aggregate(date);
    for (const [table, column, key] of [
      ['daily', 'settlement_date', date],
      ['monthly', 'month', '2022-09'],
      ['yearly', 'year', '2022'],
    ] as const) {
      const [right, revision] = [await sumsOf(key), await revisionOf(date)];
      await owner.query(`update summary.${table}_wind_generation set onshore_mwh = 4711 where ${column}::text = $1`, [
        key,
      ]);
      await aggregate(date);
      expect([key, await sumsOf(key)]).toEqual([key, right]);
      expect(await revisionOf(date)).toBeGreaterThan(revision);
    }
    await owner.query(
      `insert into summary.daily_wind_generation select '2022-09-02', 1, 1, 48, 1, 1 where not exists (
         select from ingestion.wind_generation_days where settlement_date = '2022-09-02')`,
    );
    await aggregate('2022-09-02');
    expect(await sumsOf('2022-09-02')).toBeUndefined();
    expect(await sumsOf('2022-09')).toEqual(['24', '48', 48, 1]);
  });

  it('are not of half hours that somebody altered: those of the fetched ones stay until the day is fetched again', async () => {
    const date = '2022-10-01';
    await store(date, (period) => (period === 9 ? [null, null] : [1, 2]));
    await aggregate(date);
    const before = [await written(), await announced(date)];
    const where = `where settlement_date = '${date}' and settlement_period`;
    for (const sql of [
      `insert into ingestion.wind_generation_data values ('${date}', 9, 100, 100, now(), now())`,
      `update ingestion.wind_generation_data set onshore_mw = 100 ${where} = 10`,
      `delete from ingestion.wind_generation_data ${where} > 0`,
    ]) {
      await owner.query(sql);
      const warn = jest.spyOn(Logger.prototype, 'warn');
      await aggregate('2022-10-02', date);
      expect([await written(), await announced(date)]).toEqual(before);
      expect(warn).toHaveBeenCalledTimes(1);
      expect(warn).toHaveBeenCalledWith({
        msg: 'wind generation not summed: it is not what was fetched',
        settlementDate: date,
        repair: `windfall wind-generation ${date}`,
      });
      warn.mockRestore();
    }
    await store(date, () => [3, 4]);
    await aggregate(date);
    expect(await sumsOf(date)).toEqual(['72', '96', 48, 1]);
  });

  it('of which nothing is known any more go, and are not asked for for ever', async () => {
    const date = '2022-11-01';
    await store(date, () => [1, 2]);
    await aggregate(date);
    // As a fetch leaves it that found the half hours altered, and none in the source.
    await owner.query(`delete from ingestion.wind_generation_data where settlement_date = $1`, [date]);
    await owner.query(
      `update ingestion.wind_generation_days
       set revision = nextval('ingestion.revision'), periods_loaded = 0, onshore_mwh = null, offshore_mwh = null,
           content_hash = null, fetched_at = now() - interval '1 hour'
       where settlement_date = $1`,
      [date],
    );
    const stale = { settlementDate: date, lags: 'summary' };
    expect(await findStaleDays(owner, 30)).toContainEqual(stale);
    await aggregate(date);
    expect(await sumsOf(date)).toBeUndefined();
    expect(await findStaleDays(owner, 30)).not.toContainEqual(stale);
  });

  it('are not asked for while nobody can sum them: somebody altered the half hours beneath', async () => {
    const date = '2022-12-01';
    await store(date, () => [1, 2]);
    await owner.query(`update ingestion.wind_generation_days set fetched_at = now() - interval '1 hour'`);
    const stale = { settlementDate: date, lags: 'summary' };
    expect(await findStaleDays(owner, 30)).toContainEqual(stale);
    await owner.query(`update ingestion.wind_generation_data set onshore_mw = 9 where settlement_date = $1`, [date]);
    expect(await findStaleDays(owner, 30)).not.toContainEqual(stale);
    await owner.query(`delete from ingestion.wind_generation_data where settlement_date = $1`, [date]);
    expect(await findStaleDays(owner, 30)).not.toContainEqual(stale);
  });

  it('lose nothing when the days of a month are summed at the same time', async () => {
    const dates = settlementDatesBetween('2023-05-01', '2023-05-20');
    for (const date of dates) await store(date, () => [2, 4]);
    await Promise.all(dates.map((date) => aggregate(date)));
    expect(await sumsOf('2023-05')).toEqual(['960', '1920', 960, 20]);
    expect(await sumsOf('2023')).toEqual(['960', '1920', 960, 20]);
  });

  it('are asked for again when they lag behind', async () => {
    const date = '2024-05-01';
    await store(date, () => [1, 2]);
    await owner.query(
      `update ingestion.wind_generation_days set fetched_at = now() - interval '1 hour' where settlement_date = $1`,
      [date],
    );
    const stale = { settlementDate: date, lags: 'summary' };
    expect(await findStaleDays(owner, 30)).toContainEqual(stale);
    await aggregate(date);
    expect(await findStaleDays(owner, 30)).not.toContainEqual(stale);
  });
});
