import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { curtailmentIngestedV1, type EventOf } from '@app/contracts';
import { claimUnpublishedRows, Database, type Executor, insertOutboxRows } from '@app/database';
import { activeTraceparent, continueTrace, traceIdOf } from '@app/runtime';
import { createTestDatabase, eventually, startTestNats, type TestDatabase, type TestNats } from '@app/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Controller } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { addToOutbox } from './add-to-outbox.js';
import { Bus } from './bus.js';
import { type DeadLetterSelection, listDeadLetters, replayDeadLetters } from './dead-letters.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { MessagingModule, NatsHealth } from './messaging.module.js';
import { newEvent, type NewEvent } from './new-event.js';
import { OnEvent } from './on-event.js';
import { messageOf } from './publish.js';

jest.setTimeout(60_000);

type Ingested = EventOf<typeof curtailmentIngestedV1>;

const durable = 'calculator_curtailment-ingested_v1';

/** What a service does with the events it gets, and what it got. */
@Controller()
class Recorder {
  static readonly sets: string[][] = [];
  static behave: (events: Ingested[]) => Promise<void> = () => Promise.resolve();

  static get handled(): string[] {
    return Recorder.sets.flat();
  }

  @OnEvent(curtailmentIngestedV1, { maxBatch: 10 })
  async onIngested(events: Ingested[]): Promise<void> {
    await Recorder.behave(events);
    Recorder.sets.push(events.map((event) => event.data.settlementDate));
  }
}

/** A day of January 2024 and what happened to it. */
function ingested(day: number, revision = day): NewEvent {
  const settlementDate = `2024-01-${String(day).padStart(2, '0')}`;
  const data = { ...curtailmentIngestedV1.example.data, settlementDate, revision };
  return newEvent(curtailmentIngestedV1, data, { source: 'ingestion' });
}

function dates(...days: number[]): string[] {
  return days.map((day) => ingested(day).event.subject);
}

/** What opens each gate of a test, so that one that fails leaves nobody waiting. */
const opens: (() => void)[] = [];

/** A promise and what keeps it waiting. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  opens.push(open);
  return { opened, open };
}

describe('messaging', () => {
  let stores: TestDatabase;
  let database: Database;
  let nats: TestNats;
  let apps: NestFastifyApplication[];

  beforeAll(async () => {
    stores = await createTestDatabase();
    database = new Database({ url: stores.urls.ingestion, applicationName: 'messaging-spec' });
    nats = await startTestNats();
  });

  afterAll(() => database.close());

  beforeEach(async () => {
    await database.query('delete from ingestion.outbox');
    Recorder.sets.length = 0;
    Recorder.behave = () => Promise.resolve();
    apps = [];
  });

  afterEach(async () => {
    for (const open of opens.splice(0)) open();
    await Promise.all(apps.map((app) => app.close()));
    await nats.stop();
    if (existsSync(nats.storeFolder)) rmSync(nats.storeFolder, { recursive: true });
    await nats.start();
  });

  /** A service that relays ingestion's outbox and handles what comes out of it. */
  async function startApp(): Promise<NestFastifyApplication> {
    const module = await Test.createTestingModule({
      imports: [
        MessagingModule.forRoot({
          service: 'calculator',
          natsUrl: nats.url,
          outbox: { schema: 'ingestion', databaseUrl: stores.urls.ingestion },
        }),
      ],
      controllers: [Recorder],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.useLogger(false);
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
    await app.init();
    await app.startAllMicroservices();
    apps.push(app);
    return app;
  }

  async function announce(...events: NewEvent[]): Promise<void> {
    await database.transaction((transaction) => addToOutbox(transaction, 'ingestion', events));
  }

  async function withNats<Result>(work: (connection: NatsConnection) => Promise<Result>): Promise<Result> {
    const connection = await connect({ servers: nats.url });
    try {
      return await work(connection);
    } finally {
      await connection.close();
    }
  }

  /** Sends what no producer of ours would. */
  async function send(...payloads: string[]): Promise<void> {
    await withNats(async (connection) => {
      for (const payload of payloads) await jetstream(connection).publish('curtailment.ingested.v1', payload);
    });
  }

  async function streamed(): Promise<number> {
    return await withNats(
      async (connection) => (await (await jetstreamManager(connection)).streams.info('WINDFALL')).state.messages,
    );
  }

  /** Events that were delivered and not settled, and those that were not delivered. */
  async function unsettled(): Promise<{ delivered: number; ahead: number }> {
    return await withNats(async (connection) => {
      const manager = await jetstreamManager(connection);
      const { num_ack_pending, num_pending } = await manager.consumers.info('WINDFALL', durable);
      return { delivered: num_ack_pending, ahead: num_pending };
    });
  }

  const untilSettled = () => eventually(async () => expect(await unsettled()).toEqual({ delivered: 0, ahead: 0 }));
  const untilHandled = (...days: number[]) =>
    eventually(() => expect([...Recorder.handled].sort()).toEqual(dates(...days)));
  const untilReady = (app: NestFastifyApplication) => eventually(() => app.get(NatsHealth).check());

  describe('from the outbox to the handler', () => {
    it('carries what a transaction announced, once it is committed', async () => {
      await startApp();
      await database.transaction(async (transaction) => {
        await addToOutbox(transaction, 'ingestion', [ingested(1), ingested(2)]);
      });
      await untilHandled(1, 2);
      await untilSettled();
    });

    it('carries nothing of a transaction that was rolled back', async () => {
      await startApp();
      const rolledBack = database.transaction(async (transaction: Executor) => {
        await addToOutbox(transaction, 'ingestion', [ingested(1)]);
        throw new Error('changed my mind');
      });
      await expect(rolledBack).rejects.toThrow('changed my mind');
      await announce(ingested(2));
      await untilHandled(2);
    });

    it('is woken by the commit: twenty days one after the other would take a sweep each by polling', async () => {
      await startApp();
      for (let day = 1; day <= 20; day += 1) {
        await announce(ingested(day));
        await eventually(() => expect(Recorder.handled).toHaveLength(day), 4_000);
      }
    });

    it('publishes a fact once, however often it is announced', async () => {
      await startApp();
      for (let i = 0; i < 100; i += 1) await announce(ingested(1));
      await announce(ingested(2));
      await untilHandled(1, 2);
      expect(await streamed()).toBe(2);
    });

    it('publishes under the id of the event, so that a relay that died before it could note so does no harm', async () => {
      await startApp();
      await announce(ingested(1), ingested(2));
      await untilHandled(1, 2);
      for (let i = 0; i < 10; i += 1) {
        await database.query('update ingestion.outbox set published_at = null, claimed_until = null');
        // Handed to nobody, so that the relay looks at once for all that is to be published.
        await insertOutboxRows(database, 'ingestion', [messageOf(ingested(3 + i))]);
        await eventually(async () => {
          expect(await database.query('select id from ingestion.outbox where published_at is null')).toEqual([]);
        });
      }
      expect(await streamed()).toBe(12);
    });

    it('publishes once with two relays, and goes on when one of them ends', async () => {
      const [first] = [await startApp(), await startApp()];
      await Promise.all(Array.from({ length: 15 }, (_, index) => announce(ingested(index + 1))));
      await eventually(() => expect(Recorder.handled).toHaveLength(15));
      await first.close();
      await announce(ingested(16), ingested(17));
      await eventually(() => expect(Recorder.handled).toHaveLength(17));
      expect(await streamed()).toBe(17);
    });
  });

  describe('when Postgres fails', () => {
    it('goes on with a new connection when its own is cut', async () => {
      await startApp();
      await announce(ingested(1));
      await untilHandled(1);
      const owner = new Database({ url: stores.ownerUrl, applicationName: 'messaging-spec-owner' });
      await owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'windfall-calculator-outbox' and datname = current_database()`,
      );
      await owner.close();
      await announce(ingested(2));
      await untilHandled(1, 2);
    });

    it('carries what is too much for a notification', async () => {
      await startApp();
      const many = Array.from({ length: 28 }, (_, index) => index + 1);
      await announce(...many.map((day) => ingested(day)));
      await untilHandled(...many);
    });

    it('takes over what was left for a relay of a process that died', async () => {
      await insertOutboxRows(database, 'ingestion', [messageOf(ingested(1))], randomUUID());
      await startApp();
      await untilHandled(1);
    });

    it('takes over what a relay has claimed that stands still', async () => {
      await announce(ingested(1));
      expect(await claimUnpublishedRows(database, 'ingestion', 10)).toHaveLength(1);
      await startApp();
      await announce(ingested(2));
      await untilHandled(1, 2);
    });
  });

  describe('sets', () => {
    it('hands over as one set what arrives while the handler works', async () => {
      const { opened, open } = gate();
      Recorder.behave = async ([event]) => {
        if (event?.data.settlementDate === '2024-01-01') await opened;
      };
      await startApp();
      await announce(ingested(1));
      await eventually(async () => expect(await unsettled()).toEqual({ delivered: 1, ahead: 0 }));
      await announce(...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((day) => ingested(day)));
      await eventually(async () => expect(await unsettled()).toEqual({ delivered: 13, ahead: 0 }));
      open();
      await untilHandled(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
      expect(Recorder.sets.map((set) => set.length)).toEqual([1, 10, 2]);
    });

    it('hands over as one set what was announced together', async () => {
      const app = await startApp();
      await untilReady(app);
      await announce(...[1, 2, 3, 4, 5, 6, 7, 8].map((day) => ingested(day)));
      await untilHandled(1, 2, 3, 4, 5, 6, 7, 8);
      expect(Recorder.sets.map((set) => set.length)).toEqual([8]);
    });

    it('keeps back only the bad one of a set', async () => {
      let attempts = 0;
      Recorder.behave = (events) => {
        const bad = events.some((event) => event.data.settlementDate === '2024-01-03');
        if (bad && events.length === 1) attempts += 1;
        return bad && attempts < 3 ? Promise.reject(new Error('the third is bad')) : Promise.resolve();
      };
      await announce(...[1, 2, 3, 4, 5].map((day) => ingested(day)));
      await startApp();
      await untilHandled(1, 2, 3, 4, 5);
      await untilSettled();
      expect(Recorder.handled.at(-1)).toBe('2024-01-03');
      expect(attempts).toBe(3);
    });
  });

  describe('dead letters', () => {
    it('takes unreadable messages aside with their cause, and they block nothing', async () => {
      const app = await startApp();
      await untilReady(app);
      const good = curtailmentIngestedV1.example;
      await send(
        '{ "id": ',
        JSON.stringify({ ...good, type: 'something.else' }),
        JSON.stringify({ ...good, data: { ...good.data, settlementDate: '2025-02-30' } }),
        '',
        JSON.stringify(good),
      );
      await eventually(() => expect(Recorder.handled).toEqual(['2025-03-06']));
      await untilSettled();
      const letters = await listDeadLetters(app.get(Bus));
      expect(letters.map(({ durable: from, channel, attempts }) => ({ from, channel, attempts }))).toEqual(
        Array.from({ length: 4 }, () => ({ from: durable, channel: 'curtailment.ingested.v1', attempts: 1 })),
      );
      expect(letters.map((letter) => letter.cause)).toEqual([
        expect.stringMatching(/^unreadable: Not JSON/),
        expect.stringMatching(/^unreadable: Not a curtailment.ingested.v1: type: /),
        expect.stringMatching(/^unreadable: Not a curtailment.ingested.v1: data.settlementDate: /),
        expect.stringMatching(/^unreadable: Not JSON/),
      ]);
      expect(letters[0]?.payload).toBe('{ "id": ');
    });

    it('gives up at once on an error that says it will last, and replays when it is mended', async () => {
      let mended = false;
      Recorder.behave = () =>
        mended
          ? Promise.resolve()
          : Promise.reject(
              Object.assign(new Error('no\nsuch miner'), { code: 'unknown-miner-model', retryable: false }),
            );
      const app = await startApp();
      await announce(ingested(1), ingested(2));
      await eventually(async () => expect(await listDeadLetters(app.get(Bus))).toHaveLength(2));
      const [letter] = await listDeadLetters(app.get(Bus), { durable });
      expect(letter).toMatchObject({ cause: 'unknown-miner-model: no such miner', attempts: 1 });
      await untilSettled();

      mended = true;
      expect(await replayDeadLetters(app.get(Bus), { durable: 'calculator_other_v1' })).toEqual([]);
      expect(await replayDeadLetters(app.get(Bus), { durable })).toHaveLength(2);
      await untilHandled(1, 2);
      expect(await listDeadLetters(app.get(Bus))).toEqual([]);
    });
  });

  describe('of many dead letters', () => {
    it('shows and replays those that are meant, once each, whoever asks at the same time', async () => {
      let mended = false;
      Recorder.behave = () =>
        mended ? Promise.resolve() : Promise.reject(Object.assign(new Error('no'), { retryable: false }));
      const app = await startApp();
      const bus = app.get(Bus);
      await untilReady(app);
      expect(await listDeadLetters(bus)).toEqual([]);
      for (let day = 1; day <= 5; day += 1) {
        await announce(ingested(day));
        await eventually(async () => expect(await listDeadLetters(bus)).toHaveLength(day));
      }
      const daysOf = async (selection: DeadLetterSelection) =>
        (await listDeadLetters(bus, selection)).map(({ seq, subject }) => [seq, subject]);
      expect(await daysOf({ fromSeq: 2, limit: 2 })).toEqual([2, 3].map((day) => [day, ...dates(day)]));
      expect(await daysOf({ fromSeq: 4 })).toEqual([4, 5].map((day) => [day, ...dates(day)]));
      expect(await daysOf({ fromSeq: 6 })).toEqual([]);
      const [letter] = await listDeadLetters(bus);
      expect(letter?.eventId).toBe('curtailment.ingested:2024-01-01:1');

      mended = true;
      expect(await replayDeadLetters(bus, { fromSeq: 3, toSeq: 3 })).toMatchObject([{ seq: 3 }]);
      expect(await replayDeadLetters(bus, { fromSeq: 3, toSeq: 3 })).toEqual([]);
      await untilHandled(3);
      await Promise.all([replayDeadLetters(bus), replayDeadLetters(bus)]);
      await untilHandled(1, 2, 3, 4, 5);
      await untilSettled();
      expect(await listDeadLetters(bus)).toEqual([]);
      expect(Recorder.handled).toHaveLength(5);
    });
  });

  describe('when NATS fails', () => {
    it('starts without NATS and says so until it is there', async () => {
      await nats.stop();
      const app = await startApp();
      await expect(app.get(NatsHealth).check()).rejects.toThrow('NATS cannot be reached');
      await announce(ingested(1));
      await nats.start();
      await untilHandled(1);
      await untilReady(app);
    });

    it('goes on after a restart of NATS', async () => {
      const app = await startApp();
      await announce(ingested(1));
      await untilHandled(1);
      await nats.stop();
      await eventually(() => expect(app.get(NatsHealth).check()).rejects.toThrow('NATS cannot be reached'));
      await announce(ingested(2));
      await nats.start();
      await untilHandled(1, 2);
      await untilReady(app);
    });

    it('makes everything anew when the whole store is lost, and repeats what was in it', async () => {
      const app = await startApp();
      await announce(ingested(1), ingested(2));
      await untilHandled(1, 2);
      await nats.stop();
      rmSync(nats.storeFolder, { recursive: true });
      await nats.start();
      await announce(ingested(3));
      await eventually(() => expect([...Recorder.handled].sort()).toEqual(dates(1, 1, 2, 2, 3)));
      await untilReady(app);
      await untilSettled();
      expect(await streamed()).toBe(3);
    });

    it('does not take the end of work on a lost store for that of the same number in the new one', async () => {
      const gates = [gate(), gate()] as const;
      Recorder.behave = () => gates[Recorder.sets.length === 0 ? 0 : 1].opened;
      await startApp();
      await announce(ingested(1), ingested(2));
      await eventually(async () => expect(await unsettled()).toEqual({ delivered: 2, ahead: 0 }));
      await nats.stop();
      rmSync(nats.storeFolder, { recursive: true });
      await nats.start();
      await eventually(async () => expect(await unsettled()).toEqual({ delivered: 2, ahead: 0 }));
      gates[0].open();
      await eventually(() => expect(Recorder.sets).toHaveLength(1));
      await announce(ingested(3));
      await eventually(async () => expect(await unsettled()).toEqual({ delivered: 3, ahead: 0 }));
      gates[1].open();
      await untilSettled();
    });

    it('makes the stream anew when it is deleted under way, and repeats what was in it', async () => {
      const app = await startApp();
      await announce(ingested(1));
      await untilHandled(1);
      await withNats(async (connection) => {
        await (await jetstreamManager(connection)).streams.delete('WINDFALL');
      });
      await eventually(() => expect(Recorder.handled).toEqual(dates(1, 1)));
      await untilReady(app);
      await announce(ingested(2));
      await eventually(() => expect(Recorder.handled).toEqual(dates(1, 1, 2)));
    });

    it('makes its consumer anew when that is deleted, and starts with the oldest event', async () => {
      const app = await startApp();
      await announce(ingested(1));
      await untilHandled(1);
      await withNats(async (connection) => {
        await (await jetstreamManager(connection)).consumers.delete('WINDFALL', durable);
      });
      await eventually(() => expect(Recorder.handled).toEqual(dates(1, 1)));
      await untilReady(app);
    });
  });

  it('ends what was begun and hands back what was not when it is told to stop', async () => {
    const { opened, open } = gate();
    Recorder.behave = () => opened;
    const app = await startApp();
    await announce(ingested(1));
    await eventually(async () => expect(await unsettled()).toEqual({ delivered: 1, ahead: 0 }));
    await announce(ingested(2));
    await eventually(async () => expect(await unsettled()).toEqual({ delivered: 2, ahead: 0 }));
    const closed = app.close();
    await eventually(() => expect(app.get(NatsHealth).check()).rejects.toThrow('Not receiving'));
    open();
    await closed;
    expect(Recorder.handled).toEqual(dates(1));
    Recorder.behave = () => Promise.resolve();
    await startApp();
    await untilHandled(1, 2);
    await untilSettled();
  });

  it('handles an event inside the trace that it belongs to', async () => {
    const provider = new NodeTracerProvider();
    provider.register();
    const traces: (string | undefined)[] = [];
    Recorder.behave = () => {
      traces.push(traceIdOf(activeTraceparent()));
      return Promise.resolve();
    };
    await startApp();
    const asked = await continueTrace('request', [], async () => {
      await announce(ingested(1));
      return traceIdOf(activeTraceparent());
    });
    await untilHandled(1);
    expect(asked).toMatch(/^[0-9a-f]{32}$/);
    expect(traces).toEqual([asked]);
    await provider.shutdown();
  });

  it('measures what waits and what died', async () => {
    const reader = new PrometheusExporter({ preventServerStart: true });
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    const { opened, open } = gate();
    Recorder.behave = () => opened;
    await startApp();
    await eventually(async () => expect(await streamed()).toBe(0));
    await send('not JSON');
    await untilSettled();
    await announce(ingested(1), ingested(2));
    await eventually(async () => expect(await unsettled()).toEqual({ delivered: 2, ahead: 0 }));
    const { resourceMetrics } = await reader.collect();
    const measured = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const values = measured.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map((point) => point.value),
    ]);
    expect(Object.fromEntries(values)).toMatchObject({
      windfall_consumer_lag: [2],
      windfall_consumer_unacknowledged: [2],
      windfall_consumer_redelivered: [0],
      windfall_dead_letters: [1],
    });
    open();
    await untilHandled(1, 2);
    metrics.disable();
    await reader.shutdown();
  });
});
