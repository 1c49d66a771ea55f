import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DeadLetter, deadLetter } from '@app/contracts';
import { createTestDatabase, startTestNats } from '@app/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';

const route = '/api/reconciliation/dead-letters';

function letter(sequence: number): DeadLetter {
  return {
    sequence,
    durable: 'calculator_curtailment-ingested_v1',
    subject: 'curtailment.ingested.v1',
    eventId: null,
    settlementDates: null,
    cause: { code: 'unreadable', detail: 'Not JSON' },
    attempts: 1,
    diedAt: '2025-06-01T08:00:00.000Z',
  };
}

describe('dead letters', () => {
  let gateway: NestFastifyApplication;
  let reconciler: NatsConnection;
  const asked: unknown[] = [];

  beforeAll(async () => {
    const bus = await startTestNats();
    const { env } = await createTestDatabase();
    gateway = await startGateway({ ...env, NATS_URL: bus.url });
    reconciler = await connect({ servers: bus.url });
    reconciler.subscribe('reconciliation.dead-letters.>', {
      callback: (_error, message) => {
        const request: { data: { fromSequence?: number; limit?: number }; id: string } = message.json();
        asked.push(request.data);
        const { fromSequence = 1, limit = 0 } = request.data;
        // The reconciler knows of five.
        const deadLetters = [1, 2, 3, 4, 5]
          .filter((seq) => seq >= fromSequence)
          .slice(0, limit)
          .map(letter);
        const response = message.subject.endsWith('list') ? { deadLetters } : { replayed: 5, left: false };
        message.respond(JSON.stringify({ id: request.id, response, isDisposed: true }));
      },
    });
    await reconciler.flush();
  });
  afterAll(async () => {
    await gateway.close();
    await reconciler.close();
  });

  it('are listed page by page, each once', async () => {
    const seen: number[] = [];
    for (let next: string | null = `${route}?limit=2`; next !== null;) {
      const page: { items: unknown[]; nextCursor: string | null } = (await gateway.inject({ url: next })).json();
      seen.push(...page.items.map((item) => deadLetter.strict().parse(item).sequence));
      next = page.nextCursor === null ? null : `${route}?limit=2&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    const csv = await gateway.inject({ url: `${route}?format=csv&limit=1` });
    expect(csv.payload.split('\n')[0]).toBe(
      'sequence,durable,subject,eventId,settlementDates,cause.code,cause.detail,attempts,diedAt',
    );
  });

  it('are sent again for administrators alone, with who asks and why', async () => {
    const as = (key: string, payload: object, headers: Record<string, string> = {}) =>
      gateway.inject({
        method: 'POST',
        url: `${route}/replay`,
        payload,
        headers: { authorization: `Bearer ${key}`, ...headers },
      });
    expect((await as(operatorKeys.repair, { all: true })).statusCode).toBe(403);
    const replay = { durable: 'calculator_curtailment-ingested_v1', reason: 'grants are mended' };
    const response = await as(operatorKeys.admin, replay);
    expect([response.statusCode, response.json()]).toEqual([200, { replayed: 5, left: false }]);
    expect(asked.at(-1)).toEqual({ replay, requestedBy: 'admin', idempotencyKey: null });
    await as(operatorKeys.admin, replay, { 'idempotency-key': 'once' });
    expect(asked.at(-1)).toEqual({ replay, requestedBy: 'admin', idempotencyKey: 'once' });
  });

  it('cannot be told while the reconciler is away', async () => {
    const { env } = await createTestDatabase();
    const alone = await startGateway({ ...env, NATS_URL: 'nats://127.0.0.1:9' });
    const response = await alone.inject({ url: route });
    expect([response.statusCode, response.headers['retry-after']]).toEqual([503, '5']);
    await alone.close();
  });
});
