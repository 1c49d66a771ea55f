import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { DifficultyTable } from '@app/difficulty';
import { createTestDatabase, startTestDynamo, startTestNats } from '@app/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type InjectOptions } from 'fastify';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';
import { describeGateway } from '../openapi/describe-gateway.js';
import { problem, type Problem } from '../problems/problem.js';
import { type Scope, scopes } from './operator-key.js';

interface Route {
  method: 'GET' | 'POST';
  path: string;
  /** Names of its parameters by where they are. */
  parameters: { name: string; in: string; required?: boolean }[];
  /** What it declares that it needs; undefined when everybody may. */
  scope: Scope | undefined;
}

type Request = InjectOptions & { url: string };

const someJob: Job = {
  id: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20',
  kind: 'date',
  state: 'queued',
  arguments: { date: '2025-05-26' },
  totals: { items: 1, completed: 0, failed: 0, blocked: 0, cancelled: 0, timeouts: 0 },
  cause: null,
  reportId: null,
  result: null,
  requestedBy: 'repair',
  reason: null,
  createdAt: '2025-06-01T08:00:00.000Z',
  startedAt: null,
  updatedAt: '2025-06-01T08:00:00.000Z',
  endedAt: null,
};

const retarget = { height: 955584, fromAt: '2026-06-28T04:11:09Z', difficulty: '138966872071213' };

/** What the reconciler answers, if asked. */
const replies: Record<string, object> = {
  'reconciliation.jobs': { job: someJob },
  'reconciliation.difficulty.add': { added: true },
  'reconciliation.difficulty.update': { added: [], newest: retarget },
  'reconciliation.dead-letters.list': { deadLetters: [] },
  'reconciliation.dead-letters.replay': { replayed: 0, left: false },
};

const values: Record<string, string> = {
  date: '2025-05-26',
  from: '2025-05-26',
  to: '2025-05-26',
  day: '2025-05-26',
  month: '2025-05',
  yearMonth: '2025-05',
  year: '2025',
  farmId: 'T_NOSUCH-1',
  id: someJob.id,
};
/** Of the shape that is asked for, and nowhere in the calendar. */
const impossible: Record<string, string> = {
  date: '2025-02-30',
  from: '2025-02-30',
  to: '2025-02-30',
  day: '2025-02-30',
  month: '2025-13',
  yearMonth: '2025-13',
  year: '1999',
};

/** A body that each write takes. */
const bodies: Record<string, object> = {
  '/api/difficulty': retarget,
  '/api/difficulty/update': {},
  '/api/reconciliation/jobs': { kind: 'date', date: '2025-05-26' },
  '/api/reconciliation/jobs/{id}/cancel': {},
  '/api/reconciliation/jobs/{id}/resume': {},
  '/api/reconciliation/verifications': { date: '2025-05-26' },
  '/api/reconciliation/dead-letters/replay': { all: true },
};

const described = (await describeGateway()).paths as Record<
  string,
  Record<string, { parameters?: Route['parameters']; security?: { bearer?: Scope[] }[] }>
>;
const routes = Object.entries(described).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, { parameters = [], security }]): Route => {
    return { method: method.toUpperCase() as Route['method'], path, parameters, scope: security?.[0]?.bearer?.[0] };
  }),
);
const reads = routes.filter(({ method }) => method === 'GET');
const writes = routes.filter(({ method }) => method !== 'GET');
const dated = reads.flatMap((route) =>
  route.parameters.filter(({ name }) => name in impossible).map(({ name }) => ({ ...route, name })),
);
const WRITES_PER_MINUTE = 2;

const patternOf = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/{}]+')}$`);

/** Of each write its own operator, so that none uses up what another may. */
const operatorOf = ({ path }: Route): string => `operator-of-${path.replaceAll(/\W/g, '-')}`;

describe('Every route', () => {
  let gateway: NestFastifyApplication;
  let reconciler: NatsConnection;
  let asked = 0;

  beforeAll(async () => {
    const bus = await startTestNats();
    const { env } = await createTestDatabase();
    const dynamo = await startTestDynamo();
    Object.assign(process.env, dynamo.env);
    const table = new DifficultyTable({ endpoint: dynamo.endpoint, region: 'eu-west-2', table: 'windfall-difficulty' });
    await table.ensure();
    table.close();
    const keys = [
      ...Object.entries(operatorKeys).map(([scope, key]) => ({ id: scope, key, scope })),
      ...writes.map((route) => ({ id: operatorOf(route), key: operatorOf(route), scope: 'admin' })),
    ].map(({ id, key, scope }) => `${id}:${createHash('sha256').update(key).digest('hex')}:${scope}`);
    gateway = await startGateway({
      ...env,
      NATS_URL: bus.url,
      DYNAMODB_ENDPOINT: dynamo.endpoint,
      OPERATOR_API_KEYS: keys.join(','),
      WRITES_PER_MINUTE: String(WRITES_PER_MINUTE),
    });
    reconciler = await connect({ servers: bus.url });
    reconciler.subscribe('reconciliation.>', {
      callback: (_error, message) => {
        asked += 1;
        const { id }: { id: string } = message.json();
        const [, response] = Object.entries(replies).find(([pattern]) => message.subject.startsWith(pattern)) ?? [];
        message.respond(JSON.stringify({ id, response, isDisposed: true }));
      },
    });
    await reconciler.flush();
  });
  afterAll(async () => {
    await gateway.close();
    await reconciler.close();
  });

  /** A request that the route takes, but for what is changed. */
  function requestTo({ method, path, parameters }: Route, changed: Record<string, string> = {}): Request {
    const given: Record<string, string> = { ...values, seconds: '1', ...changed };
    const query = parameters
      .filter((parameter) => parameter.in === 'query' && (parameter.required || parameter.name in changed))
      .map(({ name }): [string, string] => [name, given[name] ?? '']);
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? '');
    const search = new URLSearchParams(query).toString();
    return {
      method,
      url: search === '' ? url : `${url}?${search}`,
      ...(method === 'POST' && { payload: bodies[path] ?? {} }),
    };
  }

  async function refused(request: Request, status: number): Promise<Problem & { headers: object }> {
    const { statusCode, headers, payload } = await gateway.inject(request);
    expect([request.url, statusCode, payload]).toEqual([request.url, status, expect.any(String)]);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const body = problem.strict().parse(JSON.parse(payload));
    expect(body).toMatchObject({ status, instance: request.url.split('?')[0] });
    return { ...body, headers };
  }

  const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

  it('that writes declares the scope it needs, one that exists', () => {
    expect(writes.filter(({ scope }) => scope === undefined || !scopes.includes(scope))).toEqual([]);
    expect(reads.filter(({ scope }) => scope !== undefined)).toEqual([]);
    expect(writes.map(({ path }) => path).sort()).toEqual(Object.keys(bodies).sort());
  });

  it.each(reads)('that reads is open to everybody: $path', async (route) => {
    for (const headers of [{}, bearer('somebody-elses')]) {
      const { statusCode } = await gateway.inject({ ...requestTo(route, { seconds: '1' }), headers });
      // Nobody has heard of the farm, the job or the report.
      expect(statusCode).toBe(/\{(farmId|id)\}/.test(route.path) ? 404 : 200);
    }
  });

  it.each(writes)('that writes wants a key with its scope: $path', async (route) => {
    const before = asked;
    const request = requestTo(route);
    for (const headers of [{}, bearer('somebody-elses'), { authorization: `Basic ${operatorKeys.admin}` }]) {
      const body = await refused({ ...request, headers }, 401);
      expect(body).toMatchObject({ code: 'not-authenticated', headers: { 'www-authenticate': 'Bearer' } });
    }
    const lacking = scopes.filter((scope) => scope !== route.scope && scope !== 'admin');
    for (const scope of lacking) {
      const body = await refused({ ...request, headers: bearer(operatorKeys[scope]) }, 403);
      expect(body).toMatchObject({ code: 'not-permitted', detail: expect.stringContaining(`scope ${route.scope}`) });
    }
    expect(asked).toBe(before);
  });

  it.each(writes)('that writes takes what is well formed, $path, and counts that alone', async (route) => {
    const headers = bearer(operatorOf(route));
    const request = { ...requestTo(route), headers };
    const json = { ...headers, 'content-type': 'application/json' };
    for (let time = 0; time <= WRITES_PER_MINUTE; time += 1)
      expect(await refused({ ...request, headers: json, payload: '{"kind":' }, 400)).toMatchObject({
        code: 'malformed-request',
      });
    for (let time = 0; time < WRITES_PER_MINUTE; time += 1)
      expect([200, 201, 202]).toContain((await gateway.inject(request)).statusCode);
    const before = asked;
    const over = await refused(request, 429);
    expect(over.code).toBe('rate-limited');
    const { 'retry-after': retryAfter } = over.headers as { 'retry-after': string };
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    expect(asked).toBe(before);
  });

  it.each(routes)('refuses a query that it does not know: $method $path', async (route) => {
    const request = requestTo(route);
    const url = `${request.url}${request.url.includes('?') ? '&' : '?'}nonsense=1`;
    const body = await refused({ ...request, url, headers: bearer(operatorKeys.admin) }, 400);
    expect(body.errors?.map(({ field }) => field)).toEqual(['nonsense']);
  });

  it.each(dated)('says of $name that it is malformed or impossible: $path', async ({ name, ...route }) => {
    const malformed = await refused(requestTo(route, { [name]: 'yesterday' }), 400);
    expect(malformed.errors?.[0]?.field).toBe(name);
    const body = await refused(requestTo(route, { [name]: impossible[name] ?? '' }), 422);
    expect(body).toMatchObject({ code: 'impossible-settlement-date', errors: [{ field: name }] });
  });

  it.each(Object.keys(described))('names the methods that it takes: %s', async (path) => {
    // Where the path of another route, such as one with a date, fits as well, that one's methods are taken too.
    const same = Object.keys(described).filter((other) => other === path || patternOf(other).test(path));
    const found = same.flatMap((other) => Object.keys(described[other] ?? {}).map((method) => method.toUpperCase()));
    const methods = [...new Set(found)];
    const allowed = methods.includes('GET') ? ['HEAD', ...methods] : methods;
    const { url } = requestTo({ method: 'GET', path, parameters: [], scope: undefined });
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      if (methods.includes(method)) continue;
      const body = await refused({ method, url }, 405);
      expect(body).toMatchObject({
        code: 'method-not-allowed',
        headers: { allow: allowed.sort().join(', ') },
      });
    }
  });
});
