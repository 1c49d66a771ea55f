import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job, job, jobItem, type JobPlan, type JobReply } from '@app/contracts';
import { Database, findJob, insertJob } from '@app/database';
import { createTestDatabase, startTestNats, type TestNats } from '@app/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';

const route = '/api/reconciliation/jobs';

describe('jobs', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;
  let bus: TestNats;
  let reconciler: NatsConnection;
  /** What the reconciler was asked, and how it answers. */
  let asked: { pattern: string; data: unknown }[] = [];
  let reply: JobReply | { plan: JobPlan };

  async function storeJob(dates: string[]): Promise<Job> {
    const id = randomUUID();
    await insertJob(owner, {
      id,
      kind: 'range',
      arguments: { from: dates[0], to: dates.at(-1) },
      batchSize: 5,
      requestedBy: 'repair',
      automatic: false,
      reason: 'spec',
      result: null,
      traceparent: null,
      items: dates.map((settlementDate) => ({ settlementDate, steps: [], exclusive: true })),
    });
    return job.parse(await findJob(owner, id));
  }

  async function write(url: string, payload: object = {}, headers: Record<string, string> = {}) {
    const authorization = `Bearer ${operatorKeys.repair}`;
    return await gateway.inject({ method: 'POST', url, payload, headers: { authorization, ...headers } });
  }

  beforeAll(async () => {
    bus = await startTestNats();
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    gateway = await startGateway({ ...env, NATS_URL: bus.url, WRITES_PER_MINUTE: '12' });
    reconciler = await connect({ servers: bus.url });
    reconciler.subscribe('reconciliation.jobs.>', {
      callback: (_error, message) => {
        const request: { pattern: string; data: unknown; id: string } = message.json();
        asked.push({ pattern: message.subject, data: request.data });
        message.respond(JSON.stringify({ id: request.id, response: reply, isDisposed: true }));
      },
    });
    await reconciler.flush();
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
    await reconciler.close();
  });

  it('are handed to the reconciler with who asks, and answered with 202 and a location', async () => {
    reply = { job: await storeJob(['2025-05-26']) };
    const request = { kind: 'ingest', date: '2025-05-26', periods: '12-24', onConflict: 'queue' };
    const response = await write(route, request, { 'idempotency-key': 'once' });
    expect([response.statusCode, response.headers.location]).toEqual([202, `${route}/${reply.job.id}`]);
    expect(response.json()).toEqual(reply.job);
    expect(asked).toEqual([
      { pattern: 'reconciliation.jobs.submit', data: { request, requestedBy: 'repair', idempotencyKey: 'once' } },
    ]);
  });

  it('are cancelled and resumed by id', async () => {
    reply = { job: await storeJob(['2025-05-26']) };
    const { id } = reply.job;
    expect((await write(`${route}/${id}/cancel`, { reason: 'enough' }, { 'idempotency-key': 'once' })).statusCode).toBe(
      202,
    );
    expect((await write(`${route}/${id}/resume`)).statusCode).toBe(202);
    expect(asked).toEqual([
      {
        pattern: 'reconciliation.jobs.cancel',
        data: { jobId: id, requestedBy: 'repair', idempotencyKey: 'once', reason: 'enough' },
      },
      { pattern: 'reconciliation.jobs.resume', data: { jobId: id, requestedBy: 'repair', idempotencyKey: null } },
    ]);
  });

  it('are refused in the words of the reconciler', async () => {
    const holder = {
      jobId: randomUUID(),
      kind: 'range',
      settlementDate: '2025-05-26',
      sinceAt: '2025-06-01T08:00:00.000Z',
    };
    reply = { error: { code: 'date-held', message: 'Another job holds 2025-05-26.', details: { holder } } };
    const held = await write(route, { kind: 'date', date: '2025-05-26' });
    expect([held.statusCode, held.headers['content-type']]).toEqual([409, 'application/problem+json; charset=utf-8']);
    expect(held.json()).toMatchObject({ code: 'date-held', detail: 'Another job holds 2025-05-26.', holder });
    reply = { error: { code: 'idempotency-conflict', message: 'Another body.' } };
    expect((await write(route, { kind: 'date', date: '2025-05-26' })).statusCode).toBe(422);
    reply = { error: { code: 'unknown-job', message: 'No such job.' } };
    expect((await write(`${route}/${randomUUID()}/cancel`)).statusCode).toBe(404);
  });

  it('need an operator key with the scope', async () => {
    const without = await gateway.inject({ method: 'POST', url: route, payload: {} });
    expect([without.statusCode, without.headers['www-authenticate'], without.json<{ code: string }>().code]).toEqual([
      401,
      'Bearer',
      'not-authenticated',
    ]);
    expect((await write(route, {}, { authorization: 'Bearer somebody-elses' })).statusCode).toBe(401);
    expect((await write(route, {}, { authorization: `Basic ${operatorKeys.repair}` })).statusCode).toBe(401);
    const verify = await write(route, {}, { authorization: `Bearer ${operatorKeys.verify}` });
    expect([verify.statusCode, verify.json<{ code: string }>().code]).toEqual([403, 'not-permitted']);
    expect(asked).toEqual([]);
  });

  it('are listed newest first, page by page, each once', async () => {
    const stored = [];
    for (let day = 10; day < 15; day += 1) stored.push(await storeJob([`2025-05-${day}`]));
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const url = `${route}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: Job[]; nextCursor: string | null } = (await gateway.inject({ url })).json();
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => job.strict().parse(item).id));
      cursor = page.nextCursor;
    }
    expect(seen.slice(0, 5)).toEqual(stored.map(({ id }) => id).reverse());
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('are read with their totals and their items', async () => {
    const { id } = await storeJob(['2025-05-01', '2025-05-02', '2025-05-03']);
    const cause = { code: 'source-unavailable', detail: 'HTTP 500', periods: [3] };
    const before = { revision: null, records: null, curtailedMwh: null, calculations: null };
    await owner.query(
      `update reconciliation.job_items set state = 'failed', cause = $2, before = $3, started_at = now(), ended_at = now()
       where job_id = $1 and settlement_date = '2025-05-02'`,
      [id, JSON.stringify(cause), JSON.stringify(before)],
    );
    const one = await gateway.inject({ url: `${route}/${id}` });
    expect(job.strict().parse(one.json())).toMatchObject({
      id,
      state: 'queued',
      arguments: { from: '2025-05-01', to: '2025-05-03' },
      totals: { items: 3, completed: 0, failed: 1, blocked: 0, cancelled: 0, timeouts: 0 },
      endedAt: null,
    });
    const items: { items: unknown[]; nextCursor: string | null } = (
      await gateway.inject({ url: `${route}/${id}/items?limit=2` })
    ).json();
    expect(items.items.map((item) => jobItem.strict().parse(item))).toMatchObject([
      { settlementDate: '2025-05-01', state: 'queued', attempts: 0, cause: null, before: null, after: null },
      { settlementDate: '2025-05-02', state: 'failed', cause, before },
    ]);
    const rest = await gateway.inject({ url: `${route}/${id}/items?cursor=${items.nextCursor}` });
    expect(rest.json()).toMatchObject({ items: [{ settlementDate: '2025-05-03' }], nextCursor: null });
    for (const path of ['', '/items']) {
      const unknown = await gateway.inject({ url: `${route}/${randomUUID()}${path}` });
      expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, 'unknown-job']);
    }
  });

  it('are limited by the writes that were accepted, not by those that were refused nor by plans', async () => {
    const authorization = `Bearer ${operatorKeys.admin}`;
    const submit = (payload: object, url = route) => write(url, payload, { authorization });
    const date = { kind: 'date', date: '2025-05-26' };
    reply = { plan: emptyPlan };
    const plans = 20;
    for (let n = 0; n < plans; n += 1) expect((await submit(date, `${route}?plan=true`)).statusCode).toBe(200);
    for (let n = 0; n < 20; n += 1) expect((await submit({ kind: 'nonsense' })).statusCode).toBe(400);
    reply = { job: await storeJob(['2025-05-26']) };
    for (let n = 0; n < 12; n += 1) expect((await submit(date)).statusCode).toBe(202);
    const over = await submit(date);
    expect([over.statusCode, over.json<{ code: string }>().code]).toEqual([429, 'rate-limited']);
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0);
    expect(asked).toHaveLength(plans + 12);
  });

  it('answer 503 while the reconciler or the bus is away, and reading goes on', async () => {
    await reconciler.close();
    const nobody = await write(route, { kind: 'date', date: '2025-05-26' });
    expect([nobody.statusCode, nobody.headers['retry-after']]).toEqual([503, '5']);
    await bus.stop();
    expect((await write(route, { kind: 'date', date: '2025-05-26' })).statusCode).toBe(503);
    expect((await gateway.inject({ url: route })).statusCode).toBe(200);
  });
});

const emptyPlan: JobPlan = {
  kind: 'date',
  arguments: { date: '2025-05-26' },
  items: [],
  totals: { items: 0, fetched: 0, verified: 0, derived: 0 },
  result: null,
  planHash: 'x',
};
