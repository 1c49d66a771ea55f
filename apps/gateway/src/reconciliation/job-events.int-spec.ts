import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { getEventListeners, once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase, eventually, receiveEvents, type ReceivedEvent } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { JobEventsService } from './job-events.service.js';

const dates = Array.from({ length: 9 }, (_, day) => `2025-05-0${day + 1}`);

describe('the events of a job', () => {
  let env: Record<string, string>;
  let owner: Database;
  let gateway: NestFastifyApplication;
  let base: string;
  let id: string;

  beforeAll(async () => {
    const database = await createTestDatabase();
    ({ env } = database);
    owner = new Database({ url: database.ownerUrl, applicationName: 'spec' });
  });
  afterAll(() => owner.close());

  beforeEach(async () => {
    gateway = await startGateway(env);
    await gateway.listen(0, '127.0.0.1');
    base = await gateway.getUrl();
    id = randomUUID();
    await owner.query(
      `insert into reconciliation.jobs (id, kind, state, arguments, batch_size, requested_by) values ($1, 'range', 'queued', '{}', 5, 'spec')`,
      [id],
    );
    await storeItems();
  });
  afterEach(() => gateway.close());

  async function storeItems(): Promise<void> {
    const columns = (await owner.query(
      `select column_name as name from information_schema.columns
       where table_schema = 'reconciliation' and table_name = 'job_items' and is_nullable = 'NO' and column_default is null`,
    )) as { name: string }[];
    const values: Record<string, string> = {
      job_id: '$1',
      settlement_date: 'd',
      state: `'queued'`,
      place: '0',
      steps: `'[]'`,
    };
    const names = columns.map(({ name }) => name);
    await owner.query(
      `insert into reconciliation.job_items (${names.join(', ')})
       select ${names.map((name) => values[name]).join(', ')} from unnest($2::date[]) d`,
      [id, dates],
    );
  }

  const change = (date: string, state: string) =>
    owner.query('update reconciliation.job_items set state = $3 where job_id = $1 and settlement_date = $2', [
      id,
      date,
      state,
    ]);
  const changeJob = (state: string) =>
    owner.query(
      `update reconciliation.jobs set state = $2, ended_at = case $2 when 'running' then null else now() end where id = $1`,
      [id, state],
    );
  const url = () => `${base}/api/reconciliation/jobs/${id}/events`;
  const told = (events: readonly ReceivedEvent[]) =>
    events.map(({ id: number, name, data }) => [number, name, data.settlementDate ?? null, data.state]);

  it('come in their order, each once, from the first to the end of the job', async () => {
    const listening = receiveEvents(url());
    await changeJob('running');
    await owner.query(
      `update reconciliation.job_items set state = 'running' where job_id = $1 and settlement_date < '2025-05-03'`,
      [id],
    );
    await change('2025-05-01', 'completed');
    // Nothing that anybody is told of.
    await owner.query('update reconciliation.job_items set request_id = $2 where job_id = $1', [id, 'x']);
    await change('2025-05-02', 'failed');
    await changeJob('failed');
    const { status, events, ended } = await listening;
    expect([status, ended]).toEqual([200, true]);
    const all = [
      [1, 'job', null, 'queued'],
      [2, 'job', null, 'running'],
      [3, 'item', '2025-05-01', 'running'],
      [4, 'item', '2025-05-02', 'running'],
      [5, 'item', '2025-05-01', 'completed'],
      [6, 'item', '2025-05-02', 'failed'],
      [7, 'job', null, 'failed'],
    ];
    expect(told(events)).toEqual(all);
    expect(events.at(-1)?.data).toMatchObject({ totals: { items: 9, completed: 1, failed: 1 }, cause: null });
    expect(events[3]?.data).toEqual({
      settlementDate: '2025-05-02',
      state: 'running',
      attempts: 0,
      cause: null,
      before: null,
      after: null,
      at: expect.stringMatching(/^20\d\d-.*\.\d{3}Z$/) as unknown,
    });
    expect(told((await receiveEvents(url(), { after: 5 })).events)).toEqual(all.slice(5));
    expect(await receiveEvents(url(), { after: 7 })).toMatchObject({ status: 204, events: [] });
  });

  it('begin where the job was queued last, unless told otherwise', async () => {
    await changeJob('running');
    await change('2025-05-01', 'failed');
    await changeJob('failed');
    await changeJob('queued');
    await change('2025-05-01', 'queued');
    const listening = receiveEvents(url());
    await changeJob('running');
    await change('2025-05-01', 'completed');
    await changeJob('completed');
    const resumed = [
      [5, 'job', null, 'queued'],
      [6, 'item', '2025-05-01', 'queued'],
      [7, 'job', null, 'running'],
      [8, 'item', '2025-05-01', 'completed'],
      [9, 'job', null, 'completed'],
    ];
    expect(told((await listening).events)).toEqual(resumed);
    expect(told((await receiveEvents(url())).events)).toEqual(resumed);
    const all = await receiveEvents(url(), { after: 0 });
    expect(all.events.map((event) => event.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are all told of a job that was never queued, since it had nothing to do', async () => {
    const idle = randomUUID();
    await owner.query(
      `insert into reconciliation.jobs (id, kind, state, arguments, batch_size, requested_by, ended_at)
       values ($1, 'reconcile', 'completed', '{}', 5, 'spec', now())`,
      [idle],
    );
    const { events, ended } = await receiveEvents(url().replace(id, idle));
    expect([told(events), ended]).toEqual([[[1, 'job', null, 'completed']], true]);
  });

  it('go on where they were cut, for each of many listeners, while two write at once', async () => {
    await changeJob('running');
    const listeners = Array.from({ length: 20 }, async (_, place) => {
      const seen: ReceivedEvent[] = [];
      for (let ended = false; !ended;) {
        // Each leaves after another number of events, again and again.
        const received = await receiveEvents(url(), {
          ...(seen.length > 0 && { after: seen.at(-1)?.id ?? 0 }),
          enough: (events) => events.length > place,
        });
        seen.push(...received.events);
        ({ ended } = received);
      }
      return seen;
    });
    for (const state of ['running', 'waiting', 'running', 'completed']) {
      await Promise.all(dates.map((date) => change(date, state)));
    }
    await changeJob('completed');
    const [first = [], ...others] = await Promise.all(listeners);
    expect(first.map((event) => event.id)).toEqual(Array.from({ length: 39 }, (_, place) => place + 1));
    for (const date of dates) {
      const states = first.filter(({ data }) => data.settlementDate === date).map(({ data }) => data.state);
      expect(states).toEqual(['running', 'waiting', 'running', 'completed']);
    }
    for (const other of others) expect(other).toEqual(first);
  });

  it('go on when the connection that tells of them is cut', async () => {
    const listening = receiveEvents(url());
    await eventually(async () => expect(await sessions()).toBe(1));
    await owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'windfall-gateway-jobs'`,
    );
    await change('2025-05-01', 'running');
    await changeJob('completed');
    expect((await listening).events).toHaveLength(3);
  });

  it('leave nothing of a listener who has left, also when many listen at once', async () => {
    await changeJob('running');
    const { stopping } = gateway.get(JobEventsService);
    const left = Array.from({ length: 20 }, () => receiveEvents(url()));
    await eventually(() => expect(getEventListeners(stopping, 'abort')).toHaveLength(20));
    // A collection while all of them listen: what removes a listener must outlive it.
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    await changeJob('completed');
    await Promise.all(left);
    await eventually(() => expect(getEventListeners(stopping, 'abort')).toEqual([]));
  });

  it('end when the gateway does, also for a listener who does not read', async () => {
    await changeJob('running');
    await owner.query(
      `insert into reconciliation.job_events (job_id, sequence, data) select $1, n, jsonb_build_object('state', repeat('x', 10000)) from generate_series(3, 2000) n`,
      [id],
    );
    const { port, hostname } = new URL(base);
    const deaf = connect(Number(port), hostname);
    await once(deaf, 'connect');
    deaf.pause();
    deaf.write(`GET /api/reconciliation/jobs/${id}/events HTTP/1.1\r\nhost: x\r\n\r\n`);
    await eventually(async () => expect(await sessions()).toBe(1));
    const rss = process.memoryUsage().rss;
    let received = 0;
    const listening = receiveEvents(url(), {
      enough: (events) => {
        received = events.length;
        return false;
      },
    });
    await eventually(() => expect(received).toBeGreaterThan(0));
    await gateway.close();
    const { events } = await listening;
    expect(events.map((event) => event.id)).toEqual(Array.from({ length: events.length }, (_, place) => place + 1));
    expect(process.memoryUsage().rss - rss).toBeLessThan(200 * 2 ** 20);
    deaf.destroy();
    gateway = await startGateway(env);
  });

  /** How many connections of the gateway follow jobs. */
  async function sessions(): Promise<number> {
    const [row] = (await owner.query(
      `select count(*)::integer as count from pg_stat_activity
       where application_name = 'windfall-gateway-jobs' and datname = current_database() and query like 'listen%'`,
    )) as { count: number }[];
    return row?.count ?? 0;
  }
});
