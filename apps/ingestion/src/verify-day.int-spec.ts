import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DataOf, ingestionRequestedV1, verificationCompletedV1, verificationRequestedV1 } from '@app/contracts';
import { Database } from '@app/database';
import { type Sampling, settlementPeriodsOf } from '@app/domain';
import { InsightsClient } from '@app/elexon';
import { Bus, newEvent } from '@app/messaging';
import { createTestDatabase, startService, startTestNats, type TestService } from '@app/testing';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';
import { IngestDayService } from './ingest-day.service.js';
import { PeriodFetcher } from './period-fetcher.service.js';
import { readPeriod } from './read-period.js';
import { VerifyDayService } from './verify-day.service.js';
import { WindRegisterService } from './wind-register.service.js';

type Report = DataOf<typeof verificationCompletedV1>;
type Change = Record<string, unknown> & { kind: string; settlementPeriod: number };

const STREAM = 'WINDFALL';

describe('verifying a settlement day', () => {
  let simulator: TestService;
  let owner: Database;
  let database: Database;
  let client: InsightsClient;
  let bus: Bus;
  let connection: NatsConnection;
  let streams: JetStreamManager;
  let ingestion: IngestDayService;
  let verification: VerifyDayService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const [stores, nats] = await Promise.all([createTestDatabase(), startTestNats()]);
    simulator = await startService('elexon-simulator', { SIMULATOR_SCENARIOS: '2025-01-01..2025-12-31=typical' });
    owner = new Database({ url: stores.ownerUrl, applicationName: 'test' });
    database = new Database({ url: stores.urls.ingestion, applicationName: 'test' });
    client = new InsightsClient({
      baseUrl: `${simulator.url}/bmrs/api/v1`,
      maxConcurrency: 8,
      patience: { firstBackoffMs: 1 },
    });
    bus = new Bus(nats.url, 'test');
    connection = await connect({ servers: nats.url });
    streams = await jetstreamManager(connection);
    await streams.streams.add({ name: STREAM, subjects: [verificationCompletedV1.channel] });
    const register = new WindRegisterService(database, client);
    ingestion = new IngestDayService(database, fetcherOf(client), register);
    verification = new VerifyDayService(database, fetcherOf(client), register, bus);
  });

  afterAll(async () => {
    await Promise.all([client.close(), bus.close(), connection.close()]);
    await Promise.all([database.close(), owner.close()]);
  });

  beforeEach(async () => {
    await control('faults', 'DELETE');
    await control('requests', 'DELETE');
  });

  async function control(path: string, method: string, body?: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const options = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/simulator/${path}`, options);
    if (!response.ok) throw new Error(await response.text());
    return response;
  }

  async function revise(settlementDate: string, ...changes: Change[]): Promise<void> {
    await control('revisions', 'POST', { settlementDate, changes });
  }

  async function spoil(rule: Record<string, unknown>): Promise<void> {
    await control('faults', 'POST', { endpoint: 'stack', ...rule });
  }

  /** How often the stack of each period was asked for. */
  async function requests(): Promise<Map<number, number>> {
    const { paths } = (await (await control('requests', 'GET')).json()) as {
      paths: Record<string, Record<string, number>>;
    };
    const ofStack = Object.entries(paths).filter(([path]) => path.includes('/stack/'));
    return new Map(
      ofStack.map(([path, answers]) => [
        Number(path.split('/').at(-1)),
        Object.values(answers).reduce((sum, count) => sum + count, 0),
      ]),
    );
  }

  async function ingest(settlementDate: string, compareRows = false): Promise<void> {
    const data = { settlementDate, periods: null, jobId: null, compareRows };
    await ingestion.ingestDay(newEvent(ingestionRequestedV1, data, { source: 'test' }).event);
  }

  function request(settlementDate: string, sampling: Sampling = 'full') {
    const data = { requestId: randomUUID(), jobId: null, settlementDate, sampling, seed: 4711 };
    return newEvent(verificationRequestedV1, data, { source: 'test' }).event;
  }

  async function verify(settlementDate: string, sampling?: Sampling): Promise<Report> {
    const asked = request(settlementDate, sampling);
    await verification.verifyDay(asked);
    const message = await streams.streams.getMessage(STREAM, { last_by_subj: verificationCompletedV1.channel });
    const event = verificationCompletedV1.envelope.parse(message?.json());
    expect(event).toMatchObject({
      id: `verification.completed:${settlementDate}:${asked.id}`,
      causationid: asked.id,
      data: { requestId: asked.id, settlementDate, sampling: asked.data.sampling },
    });
    return event.data;
  }

  function differing({ periods }: Report): Report['periods'] {
    return periods.filter(({ outcome }) => outcome !== 'same');
  }

  /** Periods in which something is stored, in order, with one of its rows. */
  async function busyPeriods(settlementDate: string) {
    return (await owner.query(
      `select distinct on (settlement_period) settlement_period as period, farm_id as farm, acceptance_id as acceptance,
              bid_offer_pair_id as pair
       from ingestion.curtailment_records where settlement_date = $1
       order by settlement_period, farm_id, acceptance_id, bid_offer_pair_id`,
      [settlementDate],
    )) as { period: number; farm: string; acceptance: number; pair: number }[];
  }

  /** Every row of every table as it lies on the disk: any write at all changes it. */
  async function everything(): Promise<unknown[]> {
    const tables = (await owner.query(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('ingestion', 'calculation', 'summary', 'reconciliation') and table_type = 'BASE TABLE' order by 1`,
    )) as { name: string }[];
    const digests = [];
    for (const { name } of tables) {
      const [digest] = (await owner.query(
        `select md5(string_agg(row::text, ' ' order by row::text)) as md5 from (select ctid, xmin from ${name}) row`,
      )) as object[];
      digests.push({ name, ...digest });
    }
    return digests;
  }

  it.each([
    ['2025-05-12', 48],
    ['2025-03-30', 46],
    ['2025-10-26', 50],
  ])('finds %s, of %i periods, to be what the source says, and writes nothing', async (date, periods) => {
    await ingest(date);
    const before = await everything();
    const report = await verify(date);
    expect(report).toMatchObject({
      outcome: 'same',
      confidence: `${periods} of ${periods} periods agree; all were compared.`,
    });
    expect(report.periods.map(({ settlementPeriod }) => settlementPeriod)).toEqual(
      Array.from({ length: periods }, (_, index) => index + 1),
    );
    const stored = (await owner.query(
      `select settlement_period as "settlementPeriod", count(*)::integer as records, round(-sum(volume_mwh), 6)::float8 as "curtailedMwh",
              round(sum(volume_mwh * original_price_gbp_per_mwh), 2)::float8 as "paymentGbp"
       from ingestion.curtailment_records where settlement_date = $1 group by 1 order by 1`,
      [date],
    )) as { settlementPeriod: number; records: number }[];
    expect(stored.length).toBeGreaterThan(5);
    for (const { settlementPeriod, ...figures } of stored) {
      expect(report.periods[settlementPeriod - 1]).toEqual({
        settlementPeriod,
        outcome: 'same',
        stored: figures,
        source: figures,
        detail: null,
      });
    }
    const last = report.periods.at(-1)?.settlementPeriod;
    expect((await verify(date, 'fixed')).periods.map(({ settlementPeriod }) => settlementPeriod)).toEqual([
      1,
      12,
      24,
      36,
      last,
    ]);
    expect(await everything()).toEqual(before);
  });

  it('finds what the source has revised: rows missing and surplus, volume, price, and a period that is empty here', async () => {
    const date = '2025-05-13';
    await ingest(date);
    const busy = await busyPeriods(date);
    const [missing, surplus, volume, price] = busy;
    const empty = Array.from({ length: 48 }, (_, index) => index + 1).find(
      (number) => !busy.some(({ period }) => period === number),
    );
    if (missing === undefined || surplus === undefined || volume === undefined || price === undefined) {
      throw new Error('The day is too quiet');
    }
    expect(empty).toBeDefined();
    const row = { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -64.25, volume: -12.5 };
    const rowOf = ({ farm, acceptance, pair }: typeof missing) => ({
      id: farm,
      acceptanceId: acceptance,
      bidOfferPairId: pair,
    });
    await revise(
      date,
      { kind: 'add', settlementPeriod: missing.period, row },
      { kind: 'remove', settlementPeriod: surplus.period, rows: rowOf(surplus) },
      { kind: 'change', settlementPeriod: volume.period, rows: rowOf(volume), volume: -0.125 },
      { kind: 'change', settlementPeriod: price.period, rows: rowOf(price), originalPrice: 12345.67 },
      { kind: 'add', settlementPeriod: empty ?? 0, row },
    );
    const before = await everything();
    const report = await verify(date);
    expect(report.outcome).toBe('differs');
    const none = { records: 0, curtailedMwh: 0, paymentGbp: 0 };
    const found = new Map(differing(report).map((period) => [period.settlementPeriod, period]));
    expect(found.size).toBe(5);
    expect(found.get(missing.period)?.detail).toBe('1 row missing: T_SGRWO-1.');
    expect(found.get(surplus.period)?.detail).toBe(`1 row surplus: ${surplus.farm}.`);
    expect(found.get(volume.period)?.detail).toBe(`1 row of another volume: ${volume.farm}.`);
    expect(found.get(price.period)?.detail).toBe(`1 row of another price: ${price.farm}.`);
    // 12.5 MWh at 64.25 GBP.
    expect(found.get(empty ?? 0)).toMatchObject({
      stored: none,
      source: { records: 1, curtailedMwh: 12.5, paymentGbp: 803.13 },
    });
    expect(await everything()).toEqual(before);
    await ingest(date);
    expect((await verify(date)).outcome).toBe('same');
  });

  it('finds rows that were changed in the database, which the ledger knows nothing of', async () => {
    const date = '2025-05-14';
    await ingest(date);
    const [deleted, altered, inserted] = await busyPeriods(date);
    await owner.query(
      `delete from ingestion.curtailment_records where settlement_date = $1 and settlement_period = $2 and farm_id = $3
       and acceptance_id = $4 and bid_offer_pair_id = $5`,
      [date, deleted?.period, deleted?.farm, deleted?.acceptance, deleted?.pair],
    );
    await owner.query(
      `update ingestion.curtailment_records set original_price_gbp_per_mwh = original_price_gbp_per_mwh - 0.01
       where settlement_date = $1 and settlement_period = $2 and farm_id = $3 and acceptance_id = $4 and bid_offer_pair_id = $5`,
      [date, altered?.period, altered?.farm, altered?.acceptance, altered?.pair],
    );
    await owner.query(
      `insert into ingestion.curtailment_records
         (settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id, volume_mwh, original_price_gbp_per_mwh, so_flag)
       values ($1, $2, 'bid', 'T_SGRWO-1', 8, -1, -1, -1, true)`,
      [date, inserted?.period],
    );
    const ledger = 'The stored rows are not those that were ingested.';
    expect(differing(await verify(date)).map(({ settlementPeriod, detail }) => [settlementPeriod, detail])).toEqual([
      [deleted?.period, `1 row missing: ${deleted?.farm}. ${ledger}`],
      [altered?.period, `1 row of another price: ${altered?.farm}. ${ledger}`],
      [inserted?.period, `1 row surplus: T_SGRWO-1. ${ledger}`],
    ]);

    // By its ledger nothing has changed, so only an ingest that looks at the rows themselves replaces them.
    await ingest(date);
    expect((await verify(date)).outcome).toBe('differs');
    await ingest(date, true);
    expect((await verify(date)).outcome).toBe('same');
  });

  it('finds that a day was never stored, without storing so much as the register', async () => {
    const fresh = await createTestDatabase();
    const unused = new Database({ url: fresh.urls.ingestion, applicationName: 'test' });
    const service = new VerifyDayService(unused, fetcherOf(client), new WindRegisterService(unused, client), bus);
    await service.verifyDay(request('2025-05-15', 'fixed'));
    const message = await streams.streams.getMessage(STREAM, { last_by_subj: verificationCompletedV1.channel });
    const { data } = verificationCompletedV1.envelope.parse(message?.json());
    expect(data).toMatchObject({ outcome: 'differs' });
    expect(data.periods.map(({ stored, detail }) => [stored, detail])).toEqual(
      Array.from({ length: 5 }, () => [null, 'The period was never stored.']),
    );
    expect(await unused.query('select from ingestion.register_versions')).toEqual([]);
    await unused.close();
  });

  it('looks at ten more periods, with progressive sampling, once one of the first five differs', async () => {
    const date = '2025-05-16';
    await ingest(date);
    await control('requests', 'DELETE');
    const same = await verify(date, 'progressive');
    expect(same).toMatchObject({
      outcome: 'same',
      confidence: '5 of 48 periods agree; with 95 % confidence fewer than 21 differ.',
    });
    expect([...(await requests()).keys()].sort((a, b) => a - b)).toEqual([1, 12, 24, 36, 48]);

    await revise(date, {
      kind: 'add',
      settlementPeriod: 24,
      row: { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -1, volume: -1 },
    });
    const report = await verify(date, 'progressive');
    expect(report.periods).toHaveLength(15);
    expect(differing(report).map(({ settlementPeriod }) => settlementPeriod)).toEqual([24]);
    expect(report.confidence).toBe(
      '14 of 48 periods agree and 1 differ; with 95 % confidence fewer than 12 differ in all.',
    );
    expect((await verify(date, 'random')).periods).toHaveLength(10);
  });

  it('cannot tell when the source fails, and never says same', async () => {
    const date = '2025-05-17';
    await ingest(date);
    await spoil({ kind: 'mistyped-field', field: 'volume', rows: 'first', date, periods: [12] });
    const report = await verify(date, 'fixed');
    expect(report).toMatchObject({
      outcome: 'unknown',
      // C(48 - 24, 4) / C(48, 4) = 0.0546 and C(48 - 25, 4) / C(48, 4) = 0.0455.
      confidence: '4 of 48 periods agree; with 95 % confidence fewer than 25 differ. 1 could not be compared.',
    });
    expect(differing(report)).toMatchObject([{ settlementPeriod: 12, outcome: 'failed', source: null }]);
    expect(differing(report)[0]?.detail).toContain('volume');
    expect(differing(report)[0]?.stored).not.toBeNull();
  });

  it('says that periods differ although others could not be compared', async () => {
    const date = '2025-05-18';
    await ingest(date);
    await revise(date, {
      kind: 'add',
      settlementPeriod: 36,
      row: { id: 'T_SGRWO-1', acceptanceId: 7, originalPrice: -1, volume: -1 },
    });
    await spoil({ kind: 'status', status: 400, date, periods: [1] });
    expect((await verify(date, 'fixed')).outcome).toBe('differs');
  });

  it('does not take a 404 for an empty period where rows are stored, nor where nothing at all is found', async () => {
    const date = '2025-05-19';
    await ingest(date);
    const [busy] = await busyPeriods(date);
    await spoil({ kind: 'missing-period', date, periods: [busy?.period] });
    const one = await verify(date);
    expect(one.outcome).toBe('unknown');
    expect(differing(one)).toMatchObject([
      {
        settlementPeriod: busy?.period,
        outcome: 'failed',
        detail: 'HTTP 404 although records are stored, which are kept',
      },
    ]);
    await spoil({ kind: 'missing-period', date });
    expect(await verify(date)).toMatchObject({ outcome: 'unknown', confidence: expect.stringMatching(/^None of 48/) });
  });

  it.each<[Sampling, number]>([
    ['fixed', 5],
    ['random', 10],
    ['progressive', 15],
    ['full', 48],
  ])(
    'sends, with %s sampling, at most two requests for each of %i periods, attempts included',
    async (sampling, most) => {
      const date = '2025-05-20';
      await spoil({ kind: 'status', status: 503, date });
      const report = await verify(date, sampling);
      expect(report.outcome).toBe('unknown');
      expect(report.periods.every(({ outcome }) => outcome === 'failed')).toBe(true);
      const sent = [...(await requests()).values()].reduce((sum, count) => sum + count, 0);
      expect(sent).toBeLessThanOrEqual(2 * most);
      if (sampling === 'full') {
        expect(sent).toBe(96);
        const details = new Set(report.periods.map(({ detail }) => detail?.replace(/, \d attempts?$/, '')));
        expect(details).toContain('the 96 requests that this work may send are used up');
      }
    },
  );

  it('looks at nothing of a day of which nothing has settled', async () => {
    const tomorrow = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    expect(settlementPeriodsOf(tomorrow)).toBeGreaterThan(0);
    expect(await verify(tomorrow)).toMatchObject({
      outcome: 'unknown',
      confidence: 'No period has settled yet.',
      periods: [],
    });
    expect(await requests()).toEqual(new Map());
  });

  it('is told of once, however often the same request is worked on', async () => {
    const date = '2025-05-21';
    await ingest(date);
    const before = (await streams.streams.info(STREAM)).state.messages;
    const asked = request(date, 'random');
    await verification.verifyDay(asked);
    await verification.verifyDay(asked);
    expect((await streams.streams.info(STREAM)).state.messages).toBe(before + 1);
  });

  it('begins again when the day was ingested meanwhile', async () => {
    const date = '2025-05-22';
    let ingested: Promise<void> | undefined;
    // A source that answers only after the day was ingested from another.
    const late = createServer((_, response) => {
      ingested ??= ingest(date);
      void ingested.then(() => response.end('{"data":[]}'));
    });
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(late.address() as AddressInfo).port}`;
    const lateClient = new InsightsClient({ baseUrl, maxConcurrency: 1 });
    const register = new WindRegisterService(database, lateClient);
    const overtaken = new VerifyDayService(database, fetcherOf(lateClient), register, bus);
    await expect(overtaken.verifyDay(request(date, 'fixed'))).rejects.toMatchObject({
      code: 'superseded',
      retryable: true,
    });
    await lateClient.close();
    late.close();
  });
});

function fetcherOf(elexon: InsightsClient): PeriodFetcher {
  return new PeriodFetcher(elexon, { read: readPeriod });
}
