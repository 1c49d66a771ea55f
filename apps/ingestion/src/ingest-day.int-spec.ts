import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ingestionRequestedV1 } from '@app/contracts';
import { Database } from '@app/database';
import { InsightsClient } from '@app/elexon';
import { newEvent } from '@app/messaging';
import { createTestDatabase, startService, type TestDatabase, type TestService } from '@app/testing';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { IngestDayService } from './ingest-day.service.js';
import { PeriodFetcher } from './period-fetcher.service.js';
import { readPeriod } from './read-period.js';
import { WindRegisterService } from './wind-register.service.js';

interface SourceRow {
  settlementPeriod: number;
  id: string;
  acceptanceId: number;
  bidOfferPairId: number;
  soFlag: boolean;
  volume: number;
  originalPrice: number;
}

interface StoredPeriod {
  period: number;
  state: string;
  cause_code: string | null;
  cause_detail: string | null;
  answer: string | null;
  row_count: number;
  uncounted_unit_ids: string[];
}

interface StoredDay {
  fetch_number: string;
  revision: string | null;
  periods_expected: number;
  periods_loaded: number;
  source_final: boolean;
  records: number;
  combinations: number;
  curtailed_mwh: string;
  payment_gbp: string;
}

/** A busy day, with more than 4,000 records; the others are chosen by what they show. */
const WINDY = '2025-05-26';

describe('ingesting a settlement day', () => {
  let simulator: TestService;
  let testDatabase: TestDatabase;
  let owner: pg.Client;
  let database: Database;
  let client: InsightsClient;
  let service: IngestDayService;
  let windIds: Set<string>;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    simulator = await startService('elexon-simulator', {
      SIMULATOR_SCENARIOS: '2025-01-01..2025-01-31=typical,2025-02-01=quiet,2025-02-02=empty',
    });
    testDatabase = await createTestDatabase();
    owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
    await owner.connect();
    database = new Database({ url: testDatabase.urls.ingestion, applicationName: 'test' });
    client = insights(`${simulator.url}/bmrs/api/v1`);
    service = ingestDayService(client);
    const units = await json<{ elexonBmUnit: string | null; fuelType: string | null }[]>('/reference/bmunits/all');
    const typedWind = units.filter((unit) => unit.fuelType === 'WIND').map((unit) => unit.elexonBmUnit ?? '');
    // Two more are wind farms by name and site, although the register does not type them (wind_bmus.csv).
    windIds = new Set([...typedWind, 'E_GFLDW-1', 'E_KHLLW-1']);
  });

  afterAll(async () => {
    await client.close();
    await database.close();
    await owner.end();
  });

  beforeEach(async () => {
    await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
    await fetch(`${simulator.url}/simulator/requests`, { method: 'DELETE' });
  });

  function insights(baseUrl: string): InsightsClient {
    return new InsightsClient({ baseUrl, maxConcurrency: 8, patience: { firstBackoffMs: 1 } });
  }

  function ingestDayService(elexon: InsightsClient): IngestDayService {
    return new IngestDayService(
      database,
      new PeriodFetcher(elexon, { read: readPeriod }),
      new WindRegisterService(database, elexon),
    );
  }

  async function ingest(settlementDate: string, periods: number[] | null = null, by = service): Promise<void> {
    const data = { settlementDate, periods, jobId: null };
    await by.ingestDay(newEvent(ingestionRequestedV1, data, { source: 'test' }).event);
  }

  async function json<Body>(path: string): Promise<Body> {
    return (await (await fetch(`${simulator.url}/bmrs/api/v1${path}`)).json()) as Body;
  }

  async function control(path: string, body: unknown): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${simulator.url}/simulator/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async function stackPaths(): Promise<string[]> {
    const summary = (await (await fetch(`${simulator.url}/simulator/requests`)).json()) as { paths: object };
    return Object.keys(summary.paths).flatMap((path) => /stack\/all\/(.*)$/.exec(path)?.[1] ?? []);
  }

  /** SO-flagged negative bids of wind farms, as the simulator serves them now: read here without any of our parsing. */
  async function sourceRecords(settlementDate: string, periods: number): Promise<string[]> {
    const answers = await Promise.all(
      Array.from({ length: periods }, (_, index) =>
        json<{ data: SourceRow[] }>(`/balancing/settlement/stack/all/bid/${settlementDate}/${index + 1}`),
      ),
    );
    return answers
      .flatMap(({ data }) => data)
      .filter((row) => row.soFlag && row.volume < 0 && windIds.has(row.id))
      .map((row) => [row.settlementPeriod, row.id, row.acceptanceId, row.bidOfferPairId, row.volume, row.originalPrice])
      .map((row) => row.join(' '))
      .sort();
  }

  async function storedRecords(settlementDate: string): Promise<string[]> {
    const { rows } = await owner.query<Record<string, unknown>>(
      `select settlement_period, farm_id, acceptance_id, bid_offer_pair_id, volume_mwh, original_price_gbp_per_mwh
       from ingestion.curtailment_records where settlement_date = $1`,
      [settlementDate],
    );
    return rows.map((row) => Object.values(row).join(' ')).sort();
  }

  async function storedPeriods(settlementDate: string): Promise<StoredPeriod[]> {
    const { rows } = await owner.query<StoredPeriod>(
      `select settlement_period as period, state, cause_code, cause_detail, answer, row_count, uncounted_unit_ids
       from ingestion.settlement_periods where settlement_date = $1 order by 1`,
      [settlementDate],
    );
    return rows;
  }

  async function period(settlementDate: string, number: number): Promise<StoredPeriod> {
    const found = (await storedPeriods(settlementDate)).find((stored) => stored.period === number);
    if (found === undefined) throw new Error(`Nothing is recorded of period ${number}`);
    return found;
  }

  async function storedDay(settlementDate: string): Promise<StoredDay> {
    const { rows } = await owner.query<StoredDay>(
      'select * from ingestion.settlement_days where settlement_date = $1',
      [settlementDate],
    );
    if (rows[0] === undefined) throw new Error(`Nothing is recorded of ${settlementDate}`);
    return rows[0];
  }

  /** Which transaction wrote each record; it changes when a row is written again, even with the same content. */
  async function writers(settlementDate: string, exceptPeriods: number[] = []): Promise<string[]> {
    const { rows } = await owner.query<{ row: string }>(
      `select xmin || ' ' || ctid as row from ingestion.curtailment_records
       where settlement_date = $1 and settlement_period <> all($2) order by 1`,
      [settlementDate, exceptPeriods],
    );
    return rows.map(({ row }) => row);
  }

  async function announced(
    settlementDate: string,
  ): Promise<{ id: string; payload: { data: Record<string, unknown> } }[]> {
    const { rows } = await owner.query<{ id: string; payload: { data: Record<string, unknown> } }>(
      `select id, payload from ingestion.outbox where payload->>'subject' = $1 order by seq`,
      [settlementDate],
    );
    return rows;
  }

  it('stores all that was curtailed on a busy day, announces it once, and counts it', async () => {
    await ingest(WINDY);

    const expected = await sourceRecords(WINDY, 48);
    expect(expected.length).toBeGreaterThan(4000);
    expect(await storedRecords(WINDY)).toEqual(expected);

    const combinations = new Set(expected.map((row) => row.split(' ').slice(0, 2).join(' ')));
    const day = await storedDay(WINDY);
    expect(day).toMatchObject({
      periods_expected: 48,
      periods_loaded: 48,
      source_final: true,
      records: expected.length,
      combinations: combinations.size,
    });
    const volumes = expected.map((row) => -Number(row.split(' ')[4]));
    expect(Number(day.curtailed_mwh)).toBeCloseTo(
      volumes.reduce((sum, volume) => sum + volume),
      6,
    );
    const payments = expected.map((row) => Number(row.split(' ')[4]) * Number(row.split(' ')[5]));
    expect(Number(day.payment_gbp)).toBeCloseTo(
      payments.reduce((sum, payment) => sum + payment),
      4,
    );

    const [event, ...more] = await announced(WINDY);
    expect(more).toEqual([]);
    expect(event).toMatchObject({
      id: `curtailment.ingested:${WINDY}:${day.revision}`,
      payload: { data: { settlementDate: WINDY, revision: Number(day.revision), recordCount: expected.length } },
    });
    const states = new Set((await storedPeriods(WINDY)).map((stored) => stored.state));
    expect(states).toEqual(new Set(['fetched']));
  });

  it('asks for the bid side of each period once', async () => {
    await ingest('2025-01-02');
    const expected = Array.from({ length: 48 }, (_, index) => `bid/2025-01-02/${index + 1}`);
    expect((await stackPaths()).sort()).toEqual(expected.sort());
  });

  it('fetches the unit register the first time only, however many days wait for it', async () => {
    await ingest('2025-01-03');
    const { rows } = await owner.query<{ versions: number; units: number }>(
      `select (select count(*)::integer from ingestion.register_versions) as versions,
              (select count(*)::integer from ingestion.bm_units where counted_as_wind) as units`,
    );
    // 213 units are typed WIND (docs/data-sources.md 4), and two more farms are known that are not.
    expect(rows).toEqual([{ versions: 1, units: 215 }]);
  });

  it('names flagged units that are not wind farms, without counting them', async () => {
    await control('revisions', {
      settlementDate: '2025-01-04',
      changes: [
        { kind: 'add', settlementPeriod: 5, row: { id: 'T_DRAXX-1', acceptanceId: 1, originalPrice: -9, volume: -7 } },
      ],
    });
    await ingest('2025-01-04');
    expect((await period('2025-01-04', 5)).uncounted_unit_ids).toContain('T_DRAXX-1');
    expect(await storedRecords('2025-01-04')).toEqual(await sourceRecords('2025-01-04', 48));
  });

  it('writes no record and announces nothing when nothing has changed', async () => {
    const date = '2025-01-05';
    await ingest(date);
    const before = { writers: await writers(date), day: await storedDay(date), announced: await announced(date) };
    await ingest(date);
    const day = await storedDay(date);
    expect(before.writers.length).toBeGreaterThan(100);
    expect(await writers(date)).toEqual(before.writers);
    expect(await announced(date)).toEqual(before.announced);
    expect(day.revision).toBe(before.day.revision);
    expect(Number(day.fetch_number)).toBeGreaterThan(Number(before.day.fetch_number));
  });

  it('replaces the periods that were revised and leaves alone the others', async () => {
    const date = '2025-01-06';
    await ingest(date);
    const before = await storedDay(date);
    const busy = (await storedPeriods(date)).filter(({ row_count }) => row_count > 0).map((stored) => stored.period);
    const [changed = 0, removed = 0, emptied = 0] = busy;
    const quiet = (await storedPeriods(date)).find(({ row_count }) => row_count === 0)?.period ?? 48;
    const revised = [changed, removed, emptied, quiet];
    const untouched = await writers(date, revised);
    await control('revisions', {
      settlementDate: date,
      changes: [
        { kind: 'change', settlementPeriod: changed, rows: 'curtailed', volumeFactor: 0.5 },
        { kind: 'remove', settlementPeriod: removed, rows: 'curtailed' },
        { kind: 'empty', settlementPeriod: emptied },
        {
          kind: 'add',
          settlementPeriod: quiet,
          row: { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -1, volume: -0.1 },
        },
      ],
    });
    await ingest(date);

    expect(await storedRecords(date)).toEqual(await sourceRecords(date, 48));
    expect(await writers(date, revised)).toEqual(untouched);
    expect(Number((await storedDay(date)).revision)).toBeGreaterThan(Number(before.revision));
    expect(await announced(date)).toHaveLength(2);
    expect(await period(date, removed)).toMatchObject({ state: 'fetched-empty', answer: 'rows', row_count: 0 });
    expect(await period(date, emptied)).toMatchObject({ state: 'fetched-empty', answer: 'empty', row_count: 0 });
  });

  describe('when a period fails', () => {
    it('stores the others, keeps its old rows, says why, and completes once the source has healed', async () => {
      const date = '2025-01-07';
      await ingest(date);
      const old = await storedRecords(date);
      const busy = (await storedPeriods(date)).filter(({ row_count }) => row_count > 0).map((stored) => stored.period);
      const [failing = 0, other = 0] = busy;
      const changes = [failing, other].map((settlementPeriod) => {
        return { kind: 'change', settlementPeriod, rows: 'curtailed', volumeFactor: 2 };
      });
      await control('revisions', { settlementDate: date, changes });
      await control('faults', { kind: 'status', status: 500, date, periods: [failing] });
      await ingest(date);

      const ofPeriod = (rows: string[], number: number) => rows.filter((row) => row.startsWith(`${number} `));
      const fresh = await sourceRecords(date, 48).catch(() => []);
      expect(fresh).toEqual([]);
      expect(await period(date, failing)).toMatchObject({
        state: 'failed',
        cause_code: 'source-unavailable',
        cause_detail: 'HTTP 500, 5 attempts',
        row_count: ofPeriod(old, failing).length,
      });
      const between = await storedRecords(date);
      expect(ofPeriod(between, failing)).toEqual(ofPeriod(old, failing));
      expect(ofPeriod(between, other)).not.toEqual(ofPeriod(old, other));
      expect(await storedDay(date)).toMatchObject({ periods_expected: 48, periods_loaded: 47 });

      await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
      await ingest(date, [failing]);
      expect(await period(date, failing)).toMatchObject({ state: 'fetched', cause_code: null, cause_detail: null });
      expect(await storedDay(date)).toMatchObject({ periods_loaded: 48 });
      expect(await storedRecords(date)).toEqual(await sourceRecords(date, 48));
    });

    it('from the first time on, it is neither empty nor forgotten', async () => {
      await control('faults', { kind: 'html', date: '2025-01-08', periods: [9] });
      await ingest('2025-01-08');
      expect(await period('2025-01-08', 9)).toMatchObject({ state: 'failed', cause_code: 'source-malformed' });
      expect(await storedDay('2025-01-08')).toMatchObject({ periods_loaded: 47 });
    });

    it.each<[string, object, string]>([
      ['a field that is renamed', { kind: 'renamed-field', field: 'volume', to: 'volumeMwh' }, 'source-malformed'],
      ['a field that is null', { kind: 'null-field', field: 'volume' }, 'source-malformed'],
      ['a field of another type', { kind: 'mistyped-field', field: 'soFlag' }, 'source-malformed'],
      ['rows of one key with different values', { kind: 'duplicated-rows', values: 'different' }, 'conflicting-rows'],
      ['curtailment without a price', { kind: 'null-field', field: 'originalPrice' }, 'missing-price'],
    ])('by %s, nothing of it is stored', async (_, fault, code) => {
      const date = '2025-02-03';
      await control('revisions', {
        settlementDate: date,
        changes: [
          {
            kind: 'add',
            settlementPeriod: 3,
            row: { id: 'T_SGRWO-1', acceptanceId: Math.floor(Math.random() * 1e9), originalPrice: -1, volume: -0.1 },
          },
        ],
      });
      await control('faults', { date, periods: [3], ...fault });
      await ingest(date, [2, 3]);
      expect(await period(date, 3)).toMatchObject({ state: 'failed', cause_code: code, row_count: 0 });
      expect((await storedRecords(date)).filter((row) => row.startsWith('3 '))).toEqual([]);
    });
  });

  it('stores a row once that comes twice alike, and passes over fields it does not know', async () => {
    const date = '2025-01-09';
    await control('faults', { kind: 'duplicated-rows', date, periods: [20] });
    await control('faults', { kind: 'unknown-field', date, periods: [21] });
    await ingest(date);
    await fetch(`${simulator.url}/simulator/faults`, { method: 'DELETE' });
    expect(await storedRecords(date)).toEqual(await sourceRecords(date, 48));
    expect(await storedDay(date)).toMatchObject({ periods_loaded: 48 });
  });

  describe('when the source has no rows', () => {
    it('tells an empty answer from a 404', async () => {
      const date = '2025-01-10';
      await control('faults', { kind: 'missing-period', date, periods: [1], as: '404' });
      await control('faults', { kind: 'missing-period', date, periods: [2], as: 'empty' });
      await ingest(date);
      expect(await period(date, 1)).toMatchObject({ state: 'fetched-empty', answer: 'not-found' });
      expect(await period(date, 2)).toMatchObject({ state: 'fetched-empty', answer: 'empty' });
      expect(await storedDay(date)).toMatchObject({ periods_loaded: 48 });
    });

    it('does not let a 404 wipe out what is stored', async () => {
      const date = '2025-01-11';
      await ingest(date);
      const stored = await storedRecords(date);
      await control('faults', { kind: 'missing-period', date, as: '404' });
      await ingest(date);
      expect(await storedRecords(date)).toEqual(stored);
      expect(new Set((await storedPeriods(date)).map(({ state }) => state))).toEqual(new Set(['failed']));
    });

    it('takes a day on which nothing was curtailed for complete', async () => {
      await ingest('2025-02-02');
      expect(await storedDay('2025-02-02')).toMatchObject({ periods_loaded: 48, records: 0, curtailed_mwh: '0' });
      expect(await announced('2025-02-02')).toHaveLength(1);
    });
  });

  // The dates are of docs/data-sources.md 8.
  it.each([
    ['2025-03-30', 46],
    ['2025-10-26', 50],
  ])('takes %s for a day of %i periods', async (date, periods) => {
    await ingest(date);
    expect(await storedDay(date)).toMatchObject({ periods_expected: periods, periods_loaded: periods });
    expect(await storedPeriods(date)).toHaveLength(periods);
    expect(await stackPaths()).toHaveLength(periods);
    expect(await storedRecords(date)).toEqual(await sourceRecords(date, periods));
  });

  it('fetches only the periods that are asked for, and says of the others that they were not fetched', async () => {
    const date = '2025-01-12';
    await ingest(date, [20, 19]);
    expect((await stackPaths()).sort()).toEqual([`bid/${date}/19`, `bid/${date}/20`]);
    const states = (await storedPeriods(date)).map(({ state }) => state);
    expect(states.filter((state) => state === 'not-fetched')).toHaveLength(46);
    await ingest(date, [21]);
    expect(await period(date, 20)).toMatchObject({ state: expect.stringMatching(/^fetched/) });
    expect(await storedDay(date)).toMatchObject({ periods_loaded: 3 });
  });

  it('refuses periods that the day does not have, and dates that do not exist', async () => {
    await expect(ingest('2025-03-30', [47])).rejects.toMatchObject({ code: 'impossible-period', retryable: false });
    const event = newEvent(
      ingestionRequestedV1,
      { settlementDate: '2025-03-01', periods: null, jobId: null },
      { source: 'test' },
    ).event;
    const impossible = { ...event, data: { ...event.data, settlementDate: '2025-02-29' } };
    await expect(service.ingestDay(impossible)).rejects.toMatchObject({ code: 'impossible-settlement-date' });
    expect(await stackPaths()).toEqual([]);
  });

  it('asks nothing of a day that lies ahead', async () => {
    await ingest('2099-06-01');
    expect(await stackPaths()).toEqual([]);
    expect(new Set((await storedPeriods('2099-06-01')).map(({ state }) => state))).toEqual(new Set(['not-settled']));
    expect(await storedDay('2099-06-01')).toMatchObject({ revision: null, periods_loaded: 0, source_final: false });
    expect(await announced('2099-06-01')).toEqual([]);
  });

  it('asks of today for what has settled', async () => {
    const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', dateStyle: 'short' });
    const today = london.format(new Date());
    await ingest(today);
    const states = (await storedPeriods(today)).map(({ state }) => state);
    const settled = states.filter((state) => state !== 'not-settled').length;
    expect(states.slice(settled).every((state) => state === 'not-settled')).toBe(true);
    expect(await stackPaths()).toHaveLength(settled);
    expect(await storedDay(today)).toMatchObject({ periods_loaded: settled, source_final: false });
  });

  it('needs the same few statements for a busy and for a quiet day', async () => {
    const busy = await statementsOf(() => ingest('2025-06-28'));
    const quiet = await statementsOf(() => ingest('2025-02-01'));
    expect((await storedDay('2025-02-01')).records).toBeGreaterThan(0);
    expect(busy).toEqual(quiet);
    expect(busy.length).toBeLessThanOrEqual(15);
  });

  describe('overtaken by a newer fetch', () => {
    let holding: Server;
    let release: () => void;
    let held: () => Promise<void>;
    let slowClient: InsightsClient;
    let slow: IngestDayService;

    /** A way to the simulator on which the first request is held back until it is released: a worker that was paused. */
    beforeEach(async () => {
      let arrived = (): void => undefined;
      const arrival = new Promise<void>((resolve) => (arrived = resolve));
      held = () => arrival;
      const gate = new Promise<void>((resolve) => (release = resolve));
      holding = createServer((request, response) => {
        const answer = fetch(`${simulator.url}${request.url ?? ''}`).then(async (source) => {
          response.writeHead(source.status);
          const body = Buffer.from(await source.arrayBuffer());
          arrived();
          await gate;
          response.end(body);
        });
        answer.catch(() => response.destroy());
      });
      await new Promise<void>((resolve) => holding.listen(0, '127.0.0.1', resolve));
      slowClient = insights(`http://127.0.0.1:${(holding.address() as AddressInfo).port}/bmrs/api/v1`);
      slow = ingestDayService(slowClient);
    });

    afterEach(async () => {
      await slowClient.close();
      holding.closeAllConnections();
      holding.close();
    });

    it('it stores nothing', async () => {
      const date = '2025-01-13';
      const late = ingest(date, null, slow);
      await held();
      await control('revisions', {
        settlementDate: date,
        changes: [
          {
            kind: 'add',
            settlementPeriod: 1,
            row: { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -1, volume: -9 },
          },
        ],
      });
      await ingest(date);
      const newer = await storedDay(date);
      release();
      await late;
      expect(await storedDay(date)).toEqual(newer);
      expect(await storedRecords(date)).toEqual(await sourceRecords(date, 48));
      expect(await announced(date)).toHaveLength(1);
    });

    it('it fetches again when the newer one was for other periods', async () => {
      const date = '2025-01-14';
      const late = ingest(date, [1, 2], slow);
      await held();
      await ingest(date, [3]);
      release();
      await late;
      expect(await storedDay(date)).toMatchObject({ periods_loaded: 3 });
    });

    it('by the end of its process, it records no failure', async () => {
      const date = '2025-01-15';
      const broken = expect(ingest(date, null, slow)).rejects.toMatchObject({ code: 'unavailable' });
      await held();
      await slowClient.close();
      await broken;
      expect(await storedPeriods(date)).toEqual([]);
      release();
    });
  });

  /** Texts of the statements that reach the server; the shapes of pg's own calls are no matter of ours. */
  async function statementsOf(work: () => Promise<void>): Promise<string[]> {
    const texts: string[] = [];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- put back below, and called with its own this
    const original = pg.Client.prototype.query;
    pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
      const [first] = given;
      texts.push((typeof first === 'string' ? first : (first as { text: string }).text).trim().slice(0, 60));
      return Reflect.apply(original, this, given) as unknown;
    } as typeof original;
    try {
      await work();
    } finally {
      pg.Client.prototype.query = original;
    }
    return texts;
  }
});
