import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { createTestDatabase, startTestNats } from '@app/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';

const url = '/api/reconciliation/verifications';
/** As the reconciler answers; what it makes of the request is for test/verify.e2e-spec.ts. */
const accepted: Job = {
  id: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20',
  kind: 'verify',
  state: 'queued',
  arguments: {},
  totals: { items: 1, completed: 0, failed: 0, blocked: 0, cancelled: 0, timeouts: 0 },
  cause: null,
  reportId: null,
  result: null,
  requestedBy: 'verify',
  reason: null,
  createdAt: '2025-06-15T23:30:00.000Z',
  startedAt: null,
  updatedAt: '2025-06-15T23:30:00.000Z',
  endedAt: null,
};

describe('a verification', () => {
  let gateway: NestFastifyApplication;
  let reconciler: NatsConnection;
  let asked: unknown[] = [];

  beforeAll(async () => {
    const bus = await startTestNats();
    const { env } = await createTestDatabase();
    gateway = await startGateway({ ...env, NATS_URL: bus.url });
    reconciler = await connect({ servers: bus.url });
    reconciler.subscribe('reconciliation.jobs.submit', {
      callback: (_error, message) => {
        const request: { data: unknown; id: string } = message.json();
        asked.push(request.data);
        message.respond(JSON.stringify({ id: request.id, response: { job: accepted }, isDisposed: true }));
      },
    });
    await reconciler.flush();
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    await gateway.close();
    await reconciler.close();
  });

  async function post(
    payload: object,
    key: keyof typeof operatorKeys = 'verify',
    headers: Record<string, string> = {},
  ) {
    const authorization = `Bearer ${operatorKeys[key]}`;
    return await gateway.inject({ method: 'POST', url, payload, headers: { authorization, ...headers } });
  }

  it('is a job of the reconciler', async () => {
    const payload = { date: '2025-05-26', sampling: 'full', reason: 'looked odd' };
    const response = await post(payload, 'verify', { 'idempotency-key': 'once' });
    expect([response.statusCode, response.headers.location]).toEqual([202, `/api/reconciliation/jobs/${accepted.id}`]);
    expect(response.json()).toEqual(accepted);
    expect(asked).toEqual([{ request: { kind: 'verify', ...payload }, requestedBy: 'verify', idempotencyKey: 'once' }]);
  });

  it('is asked for as it was sent, with nothing filled in that its key would be compared by', async () => {
    expect((await post({})).statusCode).toBe(202);
    expect(asked).toEqual([{ request: { kind: 'verify' }, requestedBy: 'verify', idempotencyKey: null }]);
  });

  it('takes the scope verify', async () => {
    expect((await post({}, 'repair')).statusCode).toBe(403);
    expect((await post({}, 'admin')).statusCode).toBe(202);
    expect((await gateway.inject({ method: 'POST', url, payload: {} })).statusCode).toBe(401);
  });
});
