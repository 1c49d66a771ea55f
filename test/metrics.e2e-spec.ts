import { beforeAll, describe, expect, it } from '@jest/globals';
import { calculationRequestedV1 } from '@app/contracts';
import { type Service } from '@app/domain';
import { Bus, addToOutbox, newEvent } from '@app/messaging';
import { atFileEnd, eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { metricOf } from './metric.js';
import { type Stack, startStack } from './stack.js';
import { holdTable, standsStill } from './table-hold.js';

const complete = ['2025-06-01', '2025-06-02'];
const partial = '2025-06-03';
/** The difficulty that comes with the program ends in June 2026. */
const blocked = '2026-07-10';
const never = '2024-01-01';

const outboxes = {
  ingestion: 'ingestion',
  calculator: 'calculation',
  aggregator: 'summary',
  reconciler: 'reconciliation',
};
const workers = Object.keys(outboxes) as (keyof typeof outboxes)[];
/** As many as a service's pool has. */
const CONNECTIONS = 10;

describe('The gauges at /metrics', () => {
  let stack: Stack;
  let bus: Bus;

  beforeAll(async () => {
    stack = await startStack({ ...lightDays('2025-06-01', partial), SIMULATOR_SCENARIOS: `${blocked}=quiet` });
    bus = new Bus(stack.nats.url, 'e2e');
    atFileEnd(() => bus.close());
    await stack.simulator.spoil({ kind: 'null-field', field: 'soFlag', date: partial, periods: [5] });
    const jobs = [...complete, partial, blocked].map((date) => stack.gateway.run({ kind: 'date', date }));
    expect((await Promise.all(jobs)).map(({ state }) => state)).toEqual(['completed', 'completed', 'failed', 'failed']);
  }, 120_000);

  function measured(service: Service, name: string, labels?: Record<string, string>): Promise<number | undefined> {
    return metricOf(stack.services[service], `windfall_${name}`, labels);
  }

  it('count the days in each state', async () => {
    const counts = { absent: 0, partial: 1, blocked: 1, provisional: 0, complete: 2 };
    for (const [state, days] of Object.entries(counts)) {
      expect([state, await measured('reconciler', 'days', { state })]).toEqual([state, days]);
    }
    // The days are counted by one service alone.
    expect(await measured('calculator', 'days', { state: 'complete' })).toBeUndefined();
  });

  it('count what waits in each outbox, and since when, at its owner', async () => {
    for (const service of workers) await eventually(() => expectOutbox(service, 0, 0));
    await stack.nats.stop();
    for (const [more, service] of workers.entries()) {
      const schema = outboxes[service] as Parameters<typeof addToOutbox>[1];
      const requests = Array.from({ length: more + 1 }, () =>
        newEvent(calculationRequestedV1, { settlementDates: [never], jobId: null }, { source: service }),
      );
      await addToOutbox(stack.owner, schema, requests);
      await stack.owner.query(
        `update ${schema}.outbox set created_at = now() - make_interval(hours => $1) where published_at is null`,
        [more + 1],
      );
    }
    for (const [more, service] of workers.entries()) await expectOutbox(service, more + 1, (more + 1) * 3_600);
    await stack.nats.start();
    for (const service of workers) await eventually(() => expectOutbox(service, 0, 0), 30_000);
  });

  async function expectOutbox(service: keyof typeof outboxes, rows: number, seconds: number): Promise<void> {
    const schema = outboxes[service];
    const age = await measured(service, 'outbox_age_seconds', { schema });
    expect([service, await measured(service, 'outbox_rows', { schema })]).toEqual([service, rows]);
    expect(age).toBeGreaterThanOrEqual(seconds);
    expect(age).toBeLessThan(seconds + 600);
    for (const other of workers.filter((worker) => worker !== service)) {
      expect(await measured(other, 'outbox_rows', { schema })).toBeUndefined();
    }
  }

  it('count what a consumer has not handled, and what it works on', async () => {
    const durable = 'calculator_calculation-requested_v1';
    await eventually(async () => expect(await measured('calculator', 'consumer_lag', { durable })).toBe(0));
    const letGo = await holdTable(stack.owner, 'calculation.calculated_days');
    // The first is worked on, alone; the others wait behind it.
    await ask(complete[0] ?? '');
    await standsStill(stack.owner, 'calculator');
    await ask(complete[1] ?? '', partial);
    await eventually(async () => expect(await measured('calculator', 'consumer_lag', { durable })).toBe(3));
    expect(await measured('calculator', 'consumer_unacknowledged', { durable })).toBeGreaterThanOrEqual(1);
    expect(await measured('aggregator', 'consumer_lag', { durable })).toBeUndefined();
    await letGo();
    await eventually(async () => expect(await measured('calculator', 'consumer_lag', { durable })).toBe(0), 30_000);
    expect(await measured('calculator', 'consumer_unacknowledged', { durable })).toBe(0);
  });

  async function ask(...dates: string[]): Promise<void> {
    const requests = dates.map((date) =>
      newEvent(calculationRequestedV1, { settlementDates: [date], jobId: null }, { source: 'reconciler' }),
    );
    await addToOutbox(stack.owner, 'reconciliation', requests);
  }

  it('count the dead letters of each consumer', async () => {
    const durable = 'calculator_curtailment-ingested_v1';
    expect(await measured('calculator', 'dead_letters', { durable })).toBe(0);
    const { client } = await bus.jetStream();
    for (const junk of ['no JSON', 'none either']) await client.publish('curtailment.ingested.v1', junk);
    await eventually(async () => expect(await measured('calculator', 'dead_letters', { durable })).toBe(2));
    expect(await measured('aggregator', 'dead_letters', { durable: 'aggregator_calculation-completed_v1' })).toBe(0);
  });

  it('count connections that work or are idle, and who waits for one', async () => {
    const use = async () => {
      const labels = { pool: 'windfall-gateway' };
      return {
        busy: await measured('gateway', 'database_connections', { ...labels, state: 'busy' }),
        idle: await measured('gateway', 'database_connections', { ...labels, state: 'idle' }),
        waiting: await measured('gateway', 'database_connections', { ...labels, state: 'waiting' }),
      };
    };
    const letGo = await holdTable(stack.owner, 'reconciliation.verification_reports', 'reading and writing');
    const answers = Array.from({ length: CONNECTIONS + 5 }, () => stack.gateway.get('/api/reconciliation/reports'));
    await eventually(async () => {
      expect(await use()).toEqual({ busy: CONNECTIONS, idle: 0, waiting: 5 });
      expect(await sessionsThatWait()).toBe(CONNECTIONS);
    });
    await letGo();
    await Promise.all(answers);
    await eventually(async () => expect(await use()).toEqual({ busy: 0, idle: CONNECTIONS, waiting: 0 }));
  });

  it('tell what the driver of Postgres does, which is observed as it is loaded', async () => {
    const { gateway } = stack.services;
    expect(await metricOf(gateway, 'db_client_operation_duration_count')).toBeGreaterThan(0);
    const idle = await metricOf(gateway, 'db_client_connection_count', { db_client_connection_state: 'idle' });
    expect(idle).toBeGreaterThan(0);
  });

  /** Of the gateway, as Postgres knows them. */
  async function sessionsThatWait(): Promise<number | undefined> {
    const [found] = (await stack.owner.query(
      `select count(*)::integer as sessions from pg_stat_activity
       where datname = current_database() and application_name = 'windfall-gateway' and wait_event_type = 'Lock'`,
    )) as { sessions: number }[];
    return found?.sessions;
  }
});
