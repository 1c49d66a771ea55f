import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { windGenerationRequestedV1 } from '@app/contracts';
import { Database } from '@app/database';
import { dayBoundsAt, settlementDatesBetween } from '@app/domain';
import { InsightsClient } from '@app/elexon';
import { newEvent } from '@app/messaging';
import { createTestDatabase, startService, type TestService } from '@app/testing';
import { Logger } from '@nestjs/common';
import { Big } from 'big.js';
import { IngestWindGenerationService } from './ingest-wind-generation.service.js';

interface SourceRow {
  startTime: string;
  psrType: string;
  quantity: number;
  publishTime: string;
}

interface StoredDay {
  fetch_number: number;
  revision: number | null;
  periods_expected: number;
  periods_loaded: number;
  onshore_mwh: string | null;
  offshore_mwh: string | null;
  source_final: boolean;
  cause_code: string | null;
  cause_detail: string | null;
  fetched_at: string;
}

const path = '/generation/actual/per-type/wind-and-solar';

describe('ingesting wind generation', () => {
  let simulator: TestService;
  let owner: Database;
  let database: Database;
  let client: InsightsClient;
  let service: IngestWindGenerationService;
  let requestsGranted = 0;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    simulator = await startService('elexon-simulator', {});
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'test' });
    database = new Database({ url: urls.ingestion, applicationName: 'test' });
    client = insights();
    service = new IngestWindGenerationService(database, client);
  });
  afterAll(() => Promise.all([client.close(), database.close(), owner.close()]));
  beforeEach(async () => {
    for (const kind of ['faults', 'wind-revisions', 'requests']) {
      await fetch(`${simulator.url}/simulator/${kind}`, { method: 'DELETE' });
    }
    requestsGranted = 0;
  });
  afterEach(() => void jest.restoreAllMocks());

  function insights(): InsightsClient {
    const take = () => Promise.resolve(void (requestsGranted += 1));
    const baseUrl = `${simulator.url}/bmrs/api/v1`;
    return new InsightsClient({ baseUrl, maxConcurrency: 4, patience: { firstBackoffMs: 1 }, budget: { take } });
  }

  async function ingest(...settlementDates: string[]): Promise<void> {
    const data = { settlementDates, jobId: null };
    await service.ingestDays(newEvent(windGenerationRequestedV1, data, { source: 'test' }).event);
  }

  async function control(kind: 'faults' | 'wind-revisions', body: object): Promise<void> {
    const response = await fetch(`${simulator.url}/simulator/${kind}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async function windows(): Promise<number> {
    const { paths } = (await (await fetch(`${simulator.url}/simulator/requests`)).json()) as { paths: object };
    return Object.keys(paths).filter((asked) => asked.includes(path)).length;
  }

  /** The latest publication of each period of a day, read here without any of our parsing: '7 Wind Onshore 123.4'. */
  async function sourceOutput(settlementDate: string): Promise<string[]> {
    const { startAt, endAt } = dayBoundsAt(settlementDate);
    const url = `${simulator.url}/bmrs/api/v1${path}?from=${startAt}&to=${endAt}`;
    const { data } = (await (await fetch(url)).json()) as { data: SourceRow[] };
    const latest = new Map<string, SourceRow>();
    for (const row of data) {
      if (row.startTime >= endAt || row.psrType === 'Solar') continue;
      const period = (Date.parse(row.startTime) - Date.parse(startAt)) / 1_800_000 + 1;
      const key = `${period} ${row.psrType}`;
      if ((latest.get(key)?.publishTime ?? '') < row.publishTime) latest.set(key, row);
    }
    return [...latest].map(([key, { quantity }]) => `${key} ${quantity}`).sort();
  }

  async function storedOutput(settlementDate: string): Promise<string[]> {
    const rows = (await owner.query(
      `select settlement_period as period, trim_scale(onshore_mw)::text as onshore, trim_scale(offshore_mw)::text as offshore
       from ingestion.wind_generation_data where settlement_date = $1`,
      [settlementDate],
    )) as { period: number; onshore: string | null; offshore: string | null }[];
    return rows
      .flatMap(({ period, onshore, offshore }) => [
        ...(onshore === null ? [] : [`${period} Wind Onshore ${onshore}`]),
        ...(offshore === null ? [] : [`${period} Wind Offshore ${offshore}`]),
      ])
      .sort();
  }

  async function storedDay(settlementDate: string): Promise<StoredDay> {
    const rows = (await owner.query(
      `select *, trim_scale(onshore_mwh)::text as onshore_mwh, trim_scale(offshore_mwh)::text as offshore_mwh
       from ingestion.wind_generation_days where settlement_date = $1`,
      [settlementDate],
    )) as StoredDay[];
    if (rows[0] === undefined) throw new Error(`Nothing is recorded of ${settlementDate}`);
    return rows[0];
  }

  /** Which transaction wrote each row; it changes when a row is written again, even with the same content. */
  async function writers(settlementDate: string): Promise<Map<number, string>> {
    const rows = (await owner.query(
      `select settlement_period as period, xmin || ' ' || ctid as row from ingestion.wind_generation_data
       where settlement_date = $1 order by 1`,
      [settlementDate],
    )) as { period: number; row: string }[];
    return new Map(rows.map(({ period, row }) => [period, row]));
  }

  async function announced(settlementDate: string): Promise<string[]> {
    const rows = (await owner.query(`select id from ingestion.outbox where payload->>'subject' = $1 order by seq`, [
      settlementDate,
    ])) as { id: string }[];
    return rows.map(({ id }) => id);
  }

  function mwhOf(output: readonly string[], psrType: string): string {
    const ofType = output.filter((line) => line.includes(psrType));
    // Half an hour at a mean power: MWh are half of MW.
    return ofType
      .reduce((sum, line) => sum.plus(line.split(' ').at(-1) ?? ''), Big(0))
      .times('0.5')
      .toFixed();
  }

  it.each([
    ['2026-03-29', 46],
    ['2025-05-26', 48],
    ['2025-10-26', 50],
  ])('stores the latest output of each period of %s, sums it, and announces it once', async (date, periods) => {
    await ingest(date);
    const expected = await sourceOutput(date);
    expect(expected).toHaveLength(2 * periods);
    expect(await storedOutput(date)).toEqual(expected);
    const day = await storedDay(date);
    expect(day).toMatchObject({
      periods_expected: periods,
      periods_loaded: periods,
      onshore_mwh: mwhOf(expected, 'Onshore'),
      offshore_mwh: mwhOf(expected, 'Offshore'),
      source_final: true,
      cause_code: null,
    });
    expect(await announced(date)).toEqual([`wind-generation.ingested:${date}:${day.revision}`]);
  });

  it('asks for a month in windows within the request budget', async () => {
    const dates = settlementDatesBetween('2025-01-01', '2025-01-31');
    await ingest(...dates);
    expect(await windows()).toBe(6);
    expect(requestsGranted).toBe(6);
    for (const date of dates) expect([date, await storedOutput(date)]).toEqual([date, await sourceOutput(date)]);
  });

  it('stores the days asked for and no others of their window', async () => {
    await ingest('2025-02-01', '2025-02-03');
    expect(await windows()).toBe(1);
    expect(await storedOutput('2025-02-02')).toEqual([]);
    expect((await storedDay('2025-02-03')).periods_loaded).toBe(48);
  });

  it('writes no row and announces nothing when nothing has changed', async () => {
    const date = '2025-03-01';
    await ingest(date);
    const before = [await writers(date), (await storedDay(date)).revision, await announced(date)];
    await ingest(date);
    expect([await writers(date), (await storedDay(date)).revision, await announced(date)]).toEqual(before);
  });

  it('follows a later publication, and no earlier one', async () => {
    const date = '2025-03-02';
    await ingest(date);
    const before = { day: await storedDay(date), writers: await writers(date) };
    const place = { settlementDate: date, settlementPeriod: 7, psrType: 'Wind Offshore' };
    await control('wind-revisions', { ...place, quantity: 1.5, publishTime: '2025-03-02T00:00:00Z' });
    await ingest(date);
    expect(await writers(date)).toEqual(before.writers);

    await control('wind-revisions', { ...place, quantity: 4321.125 });
    await ingest(date);
    const expected = await sourceOutput(date);
    expect(expected).toContain('7 Wind Offshore 4321.125');
    expect(await storedOutput(date)).toEqual(expected);
    const day = await storedDay(date);
    expect(day.revision).toBeGreaterThan(before.day.revision ?? 0);
    expect(day.offshore_mwh).toBe(mwhOf(expected, 'Offshore'));
    expect(await announced(date)).toHaveLength(2);
    const now = await writers(date);
    expect([...now].filter(([period, row]) => before.writers.get(period) !== row).map(([period]) => period)).toEqual([
      7,
    ]);

    // A cache that still has the former version.
    await fetch(`${simulator.url}/simulator/wind-revisions`, { method: 'DELETE' });
    await ingest(date);
    expect(await storedOutput(date)).toEqual(expected);
    expect(await storedDay(date)).toMatchObject({ revision: day.revision });
  });

  describe('of a day whose half hours somebody altered', () => {
    const of = 'ingestion.wind_generation_data';
    const later = `'2099-01-01T00:00:00Z'`;
    const alterations: [what: string, sql: (date: string) => string][] = [
      ['one more after its last', (date) => `insert into ${of} values ('${date}', 49, 1, 2, ${later}, ${later})`],
      ['one more of no energy', (date) => `insert into ${of} values ('${date}', 50, 0, null, ${later}, null)`],
      ['one where the source has none', (date) => `insert into ${of} values ('${date}', 3, 1, 2, ${later}, ${later})`],
      [
        'one changed, as if published later than all',
        (date) =>
          `update ${of} set onshore_mw = 1, onshore_published_at = ${later} where settlement_date = '${date}' and settlement_period = 7`,
      ],
      [
        'two exchanged, which no sum tells',
        (date) =>
          `update ${of} w set onshore_mw = o.onshore_mw from ${of} o
           where w.settlement_date = '${date}' and o.settlement_date = '${date}'
             and (w.settlement_period, o.settlement_period) in ((7, 8), (8, 7))`,
      ],
      ['one deleted', (date) => `delete from ${of} where settlement_date = '${date}' and settlement_period = 48`],
      ['all deleted', (date) => `delete from ${of} where settlement_date = '${date}'`],
    ];
    const dates = settlementDatesBetween('2025-04-01', '2025-04-07');
    const discarded = (date: string) => ({
      msg: 'altered half hours of wind generation discarded',
      fetchNumber: expect.any(Number),
      settlementDates: [date],
    });

    it.each(alterations.map(([what, sql], index) => [what, sql, dates[index] ?? ''] as const))(
      '(%s) stores what the source has, and nothing else',
      async (_, sql, date) => {
        // The source lacks a period for ever.
        const lacking = { settlementDate: date, settlementPeriod: 3 };
        await control('faults', { kind: 'removed-rows', endpoint: 'wind-and-solar', rows: lacking });
        await ingest(date);
        const right = await sourceOutput(date);
        const before = await storedDay(date);
        expect(before).toMatchObject({ periods_loaded: 47, onshore_mwh: mwhOf(right, 'Onshore') });

        await owner.query(sql(date));
        expect(await storedOutput(date)).not.toEqual(right);
        const warn = jest.spyOn(Logger.prototype, 'warn');
        await ingest(date);
        expect(warn).toHaveBeenCalledWith(discarded(date));
        expect(await storedOutput(date)).toEqual(right);
        const after = await storedDay(date);
        const { fetch_number, fetched_at, revision } = after;
        expect(after).toEqual({ ...before, fetch_number, fetched_at, revision });
        expect(revision).toBeGreaterThan(before.revision ?? 0);
        expect(await announced(date)).toHaveLength(2);
      },
    );

    it('that nobody fetched yet stores what the source has, and nothing else', async () => {
      const date = '2025-04-08';
      await owner.query(`insert into ${of} values ('${date}', 50, 1, 2, ${later}, ${later})`);
      await ingest(date);
      expect(await storedOutput(date)).toEqual(await sourceOutput(date));
    });

    it('leaves them alone while the source fails', async () => {
      const date = '2025-04-09';
      await ingest(date);
      await owner.query(`update ${of} set onshore_mw = 1 where settlement_date = '${date}'`);
      const altered = await storedOutput(date);
      await control('faults', { kind: 'status', status: 400, endpoint: 'wind-and-solar' });
      await ingest(date);
      expect(await storedOutput(date)).toEqual(altered);
      await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
      await ingest(date);
      expect(await storedOutput(date)).toEqual(await sourceOutput(date));
    });

    it('and of which the source has nothing now discards them, says so, and has the day asked for again', async () => {
      const [date, other] = ['2025-04-10', '2025-04-11'];
      await ingest(date, other);
      const right = await storedOutput(date);
      await owner.query(`update ${of} set onshore_mw = 1 where settlement_date = '${date}'`);
      await control('faults', { kind: 'missing-period', as: 'empty', endpoint: 'wind-and-solar', date });
      const warn = jest.spyOn(Logger.prototype, 'warn');
      await ingest(date, other);
      expect(warn).toHaveBeenCalledWith(discarded(date));
      expect(await storedOutput(date)).toEqual([]);
      expect(await storedDay(date)).toMatchObject({
        periods_loaded: 0,
        onshore_mwh: null,
        cause_code: 'source-unavailable',
        cause_detail: 'The half hours had been altered and are gone; the source has none to replace them with.',
      });
      expect(await storedDay(other)).toMatchObject({ periods_loaded: 48, cause_code: null });
      // Their sums go, too.
      expect(await announced(date)).toHaveLength(2);

      await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
      await ingest(date);
      expect(await storedOutput(date)).toEqual(right);
      expect(await storedDay(date)).toMatchObject({ periods_loaded: 48, cause_code: null });
    });
  });

  it('leaves what the source does not have unknown, and does not take it for nothing', async () => {
    const date = '2025-03-03';
    await control('faults', {
      kind: 'removed-rows',
      endpoint: 'wind-and-solar',
      rows: { settlementDate: date, settlementPeriod: 3 },
    });
    await ingest(date);
    expect(await storedOutput(date)).not.toContainEqual(expect.stringMatching(/^3 /));
    expect(await storedDay(date)).toMatchObject({ periods_expected: 48, periods_loaded: 47, cause_code: null });
  });

  it('counts a period of which only one kind is known as not loaded, and sums the kind that is', async () => {
    const date = '2025-03-04';
    await control('faults', {
      kind: 'removed-rows',
      endpoint: 'wind-and-solar',
      rows: { settlementDate: date, settlementPeriod: 4, psrType: 'Wind Onshore' },
    });
    await ingest(date);
    const expected = await sourceOutput(date);
    expect(expected.filter((line) => line.startsWith('4 '))).toEqual([expect.stringContaining('4 Wind Offshore')]);
    expect(await storedOutput(date)).toEqual(expected);
    expect(await storedDay(date)).toMatchObject({
      periods_loaded: 47,
      onshore_mwh: mwhOf(expected, 'Onshore'),
      offshore_mwh: mwhOf(expected, 'Offshore'),
    });
  });

  it('has no revision and no sums of a day that the source has nothing of', async () => {
    const date = '2025-03-05';
    await control('faults', { kind: 'missing-period', as: 'empty', endpoint: 'wind-and-solar', date });
    const log = jest.spyOn(Logger.prototype, 'log');
    await ingest(date);
    expect(log).toHaveBeenCalledWith(expect.objectContaining({ settlementDate: date, revision: null, renewed: false }));
    const nothing = { revision: null, periods_loaded: 0, onshore_mwh: null, offshore_mwh: null, cause_code: null };
    expect(await storedDay(date)).toMatchObject(nothing);
    expect(await announced(date)).toEqual([]);
  });

  it.each([
    ['HTTP 503', { kind: 'status', status: 503 }, 'source-unavailable', 'HTTP 503, 5 attempts'],
    ['404', { kind: 'missing-period' }, 'source-rejected', 'HTTP 404; check ELEXON_BASE_URL'],
    ['truncated JSON', { kind: 'truncated' }, 'source-malformed', /broken or cut off/],
    ['a null quantity', { kind: 'null-field', field: 'quantity' }, 'source-malformed', /quantity: /],
    ['a renamed field', { kind: 'renamed-field', field: 'psrType', to: 'type' }, 'source-malformed', /psrType: /],
    ['contradicting rows', { kind: 'duplicated-rows', values: 'different' }, 'source-malformed', /in one publication/],
  ])('keeps what is stored and records the cause on %s, until the source heals', async (_, fault, code, detail) => {
    const date = '2025-03-06';
    await ingest(date);
    const before = { output: await storedOutput(date), day: await storedDay(date) };
    expect(before.output).toHaveLength(96);
    await control('faults', { ...fault, endpoint: 'wind-and-solar' });
    await ingest(date);
    expect(await storedOutput(date)).toEqual(before.output);
    const day = await storedDay(date);
    const { revision, periods_loaded, onshore_mwh, offshore_mwh } = before.day;
    expect(day).toMatchObject({ revision, periods_loaded, onshore_mwh, offshore_mwh, cause_code: code });
    expect(day.cause_detail).toEqual(typeof detail === 'string' ? detail : expect.stringMatching(detail));

    await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
    await ingest(date);
    expect(await storedDay(date)).toMatchObject({ revision, cause_code: null, cause_detail: null });
  });

  it('does not let a day at fault keep the others of its window away', async () => {
    const dates = ['2025-03-07', '2025-03-08', '2025-03-09'];
    await control('faults', {
      kind: 'null-field',
      field: 'quantity',
      endpoint: 'wind-and-solar',
      rows: { settlementDate: '2025-03-08', settlementPeriod: 20 },
    });
    await ingest(...dates);
    const days = await Promise.all(dates.map(storedDay));
    expect(days.map((day) => [day.periods_loaded, day.cause_code])).toEqual([
      [48, null],
      [0, 'source-malformed'],
      [48, null],
    ]);
  });

  it('stores nothing of a fetch that a newer one has overtaken', async () => {
    const dates = ['2025-03-10', '2025-03-11'];
    const place = { settlementDate: '2025-03-10', settlementPeriod: 1, psrType: 'Wind Onshore' };
    let answered = (): void => undefined;
    const held = new Promise<void>((resolve) => (answered = resolve));
    // The paused one: it has its answer, and only wakes up when the other has committed.
    const paused = insights();
    const ask = paused.windAndSolar.bind(paused);
    let arrived = (): void => undefined;
    const hasAnswer = new Promise<void>((resolve) => (arrived = resolve));
    paused.windAndSolar = async (from, to) => {
      const answer = await ask(from, to);
      arrived();
      await held;
      return answer;
    };
    const late = new IngestWindGenerationService(database, paused).ingestDays(
      newEvent(windGenerationRequestedV1, { settlementDates: dates, jobId: null }, { source: 'test' }).event,
    );
    await hasAnswer;
    await control('wind-revisions', { ...place, quantity: 99 });
    await ingest('2025-03-10');
    const newer = { output: await storedOutput('2025-03-10'), day: await storedDay('2025-03-10') };
    expect(newer.output).toContain('1 Wind Onshore 99');
    answered();
    await late;
    await paused.close();
    expect(await storedOutput('2025-03-10')).toEqual(newer.output);
    expect(await storedDay('2025-03-10')).toEqual(newer.day);
    // The day that nobody else fetched is stored.
    expect((await storedDay('2025-03-11')).periods_loaded).toBe(48);
  });

  it('refuses a day that does not exist', async () => {
    await expect(ingest('1999-12-31')).rejects.toMatchObject({ code: 'impossible-settlement-date', retryable: false });
  });
});
