import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type InjectOptions } from 'fastify';
import { describeRoutes } from '../openapi/document.js';
import { operatorKeys, startGateway } from '../../test/start-gateway.js';
import { problem, type Problem } from './problem.js';

const jobs = '/api/reconciliation/jobs';
const reports = '/api/reconciliation/reports';
const kinds =
  'ingest, ingest-month, date, range, reconcile, critical, most-critical, sequence, spot-fix, daily-check, calculate, summarize, fix, force-fix, difficulty-mismatch, bmu-mapping, wind-generation';
const someJob = '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20';
const AUDIT_ACTIONS =
  'submit-job, cancel-job, resume-job, end-job, add-difficulty, update-difficulty, replay-dead-letters';
const key = { authorization: `Bearer ${operatorKeys.admin}` };

describe('problems', () => {
  let gateway: NestFastifyApplication;
  beforeAll(async () => {
    const { env } = await createTestDatabase();
    // Nobody listens there: what is refused must not need the reconciler.
    gateway = await startGateway({ ...env, NATS_URL: 'nats://127.0.0.1:9' });
  });
  afterAll(() => gateway.close());

  async function refused(request: InjectOptions & { url: string }, status: number): Promise<Problem> {
    const response = await gateway.inject(request);
    expect([request.url, response.statusCode, response.payload]).toEqual([request.url, status, expect.any(String)]);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const body = problem.strict().parse(response.json());
    expect(body).toMatchObject({ status, instance: request.url.split('?')[0] });
    return body;
  }

  const faults: [url: string, status: number, code: string, field: string, allowed: string][] = [
    ['/api/summary/daily/26-05-2025', 400, 'malformed-settlement-date', 'date', 'YYYY-MM-DD'],
    ['/api/summary/daily/2025-05-26T00:00', 400, 'malformed-settlement-date', 'date', 'YYYY-MM-DD'],
    ['/api/summary/daily/%00', 400, 'malformed-settlement-date', 'date', 'YYYY-MM-DD'],
    ['/api/summary/daily/2025-02-30', 422, 'impossible-settlement-date', 'date', '2000-01-01 to 2100-12-31'],
    ['/api/summary/daily/1999-12-31', 422, 'impossible-settlement-date', 'date', '2000-01-01 to 2100-12-31'],
    ['/api/summary/daily/2025-05-26?farm=T_X-1', 400, 'invalid-request', 'farm', 'farmId, leadParty'],
    ['/api/summary/daily/2025-05-26?farmId=', 400, 'invalid-request', 'farmId', 'Elexon BM unit id, such as T_VKNGW-1'],
    [
      '/api/summary/daily/2025-05-26?farmId=%00',
      400,
      'invalid-request',
      'farmId',
      'Elexon BM unit id, such as T_VKNGW-1',
    ],
    [
      '/api/summary/daily/2025-05-26?farmId=a&farmId=b',
      400,
      'invalid-request',
      'farmId',
      'Elexon BM unit id, such as T_VKNGW-1',
    ],
    ['/api/summary/daily?to=2025-05-26', 400, 'invalid-request', 'from', 'such as 2025-05-26'],
    ['/api/summary/daily?from=2025-05-26&to=2025-05-25', 400, 'invalid-request', 'to', 'such as 2025-05-28'],
    ['/api/summary/daily?from=2024-01-01&to=2025-01-01', 400, 'invalid-request', 'to', 'at most 366 days'],
    [
      '/api/summary/daily?from=2025-05-26&to=2025-05-32',
      422,
      'impossible-settlement-date',
      'to',
      '2000-01-01 to 2100-12-31',
    ],
    ['/api/summary/daily?from=x&to=2025-05-32', 400, 'malformed-settlement-date', 'from', 'YYYY-MM-DD'],
    [
      '/api/summary/daily?from=2025-05-26&to=2025-05-26&format=xml',
      400,
      'invalid-request',
      'format',
      'json, csv, ndjson',
    ],
    ['/api/summary/monthly/2025-5', 400, 'malformed-settlement-date', 'yearMonth', 'YYYY-MM'],
    ['/api/summary/monthly/2025-13', 422, 'impossible-settlement-date', 'yearMonth', '2000-01 to 2100-12'],
    ['/api/summary/monthly?from=2025-05-26', 400, 'invalid-request', 'to', 'such as 2025-05-28'],
    ['/api/summary/yearly/25', 400, 'malformed-settlement-date', 'year', 'YYYY'],
    ['/api/summary/yearly/1999', 422, 'impossible-settlement-date', 'year', '2000 to 2100'],
    [
      '/api/summary/yearly?from=2025-05-26&to=2025-05-26&limit=1',
      400,
      'invalid-request',
      'limit',
      'from, to, farmId, leadParty, format',
    ],
    ['/api/coverage?from=2025-05-26', 400, 'invalid-request', 'to', 'such as 2025-05-28'],
    ['/api/coverage?from=2025-05-26&to=2027-05-26', 400, 'invalid-request', 'to', 'at most 366 days'],
    ['/api/diagnostics?deep=true', 400, 'invalid-request', 'deep', 'none'],
    ['/api/diagnostics/test?deep=true', 400, 'invalid-request', 'deep', 'none'],
    ['/api/diagnostics/monitor?seconds=0', 400, 'invalid-request', 'seconds', 'at least 1'],
    ['/api/reconciliation/analysis?deep=yes', 400, 'invalid-request', 'deep', 'true, false'],
    ['/api/reconciliation/status?deep=true', 400, 'invalid-request', 'deep', 'none'],
    ['/api/curtailment/records', 400, 'invalid-request', 'date', 'such as 2025-05-26'],
    ['/api/curtailment/records?date=2025-05-26&period=49', 422, 'impossible-period', 'period', '1 to 48'],
    ['/api/curtailment/records?date=2025-03-30&period=47', 422, 'impossible-period', 'period', '1 to 46'],
    ['/api/curtailment/records?date=2025-05-26&period=0', 422, 'impossible-period', 'period', '1 to 48'],
    [
      '/api/curtailment/records?date=2025-05-26&period=noon',
      400,
      'invalid-request',
      'period',
      'Settlement period, from 1 to 46, 48 or 50; all when left out',
    ],
    ['/api/curtailment/records?date=2025-05-26&limit=0', 400, 'invalid-request', 'limit', 'at least 1'],
    ['/api/curtailment/records?date=2025-05-26&limit=1001', 400, 'invalid-request', 'limit', 'at most 1000'],
    [
      '/api/curtailment/records?date=2025-05-26&cursor=zzz',
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    [
      `/api/curtailment/records?date=2025-05-26&cursor=${cursor([1, '\0', 1, 1, 1])}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    [
      `/api/curtailment/records?date=2025-05-26&cursor=${cursor([99_999, 'T', 1, 1, 1])}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    ['/api/curtailment/mining-potential', 400, 'invalid-request', 'date', 'such as 2025-05-26'],
    [
      '/api/curtailment/mining-potential?date=2025-04-31',
      422,
      'impossible-settlement-date',
      'date',
      '2000-01-01 to 2100-12-31',
    ],
    [
      '/api/curtailment/mining-potential?date=2025-05-26&price=-1',
      400,
      'invalid-request',
      'price',
      'Price of one bitcoin, such as 81000.50',
    ],
    [
      '/api/curtailment/mining-potential?date=2025-05-26&price=1e999',
      400,
      'invalid-request',
      'price',
      'Price of one bitcoin, such as 81000.50',
    ],
    [
      '/api/curtailment/mining-potential?date=2025-05-26&currency=pounds',
      400,
      'invalid-request',
      'currency',
      'Currency of the price, such as GBP; it is only repeated',
    ],
    [
      '/api/curtailment/mining-potential?date=2025-05-26&minerModel=%00',
      400,
      'invalid-request',
      'minerModel',
      'Miner model, such as S19J_PRO; /api/miner-models lists them',
    ],
    [
      '/api/curtailment/monthly-mining-potential/2025-00',
      422,
      'impossible-settlement-date',
      'yearMonth',
      '2000-01 to 2100-12',
    ],
    ['/api/mining-potential/yearly/2101', 422, 'impossible-settlement-date', 'year', '2000 to 2100'],
    ['/api/curtailment/hourly/2025-05-32', 422, 'impossible-settlement-date', 'date', '2000-01-01 to 2100-12-31'],
    [
      '/api/curtailment/hourly/2025-05-26?hour=1',
      400,
      'invalid-request',
      'hour',
      'farmId, leadParty, minerModel, format',
    ],
    ['/api/curtailment/half-hourly/yesterday', 400, 'malformed-settlement-date', 'date', 'YYYY-MM-DD'],
    [
      '/api/curtailment/half-hourly/2025-05-26?period=1',
      400,
      'invalid-request',
      'period',
      'farmId, leadParty, minerModel, format',
    ],
    ['/api/wind-generation/2025-02-30', 422, 'impossible-settlement-date', 'date', '2000-01-01 to 2100-12-31'],
    ['/api/wind-generation/2025-05-26?farmId=T_X-1', 400, 'invalid-request', 'farmId', 'format'],
    ['/api/farms?day=2025-05', 400, 'malformed-settlement-date', 'day', 'YYYY-MM-DD'],
    ['/api/farms?month=2025-05&year=2025', 400, 'invalid-request', 'year', 'A year instead, such as 2025'],
    ['/api/farms?date=2025-05-26', 400, 'invalid-request', 'date', 'day, month, year, minerModel, format'],
    ['/api/farms/top?limit=101', 400, 'invalid-request', 'limit', 'at most 100'],
    ['/api/farms/top?year=1984', 422, 'impossible-settlement-date', 'year', '2000 to 2100'],
    ['/api/farms/T_VKNGW-1?limit=1', 400, 'invalid-request', 'limit', 'day, month, year, minerModel'],
    ['/api/farms/%00', 400, 'invalid-request', 'farmId', 'such as T_VKNGW-1'],
    ['/api/lead-parties?month=may', 400, 'malformed-settlement-date', 'month', 'YYYY-MM'],
    ['/api/miner-models?name=S9', 400, 'invalid-request', 'name', 'format'],
    ['/api/difficulty/2025-5-26', 400, 'malformed-settlement-date', 'date', 'YYYY-MM-DD'],
    ['/api/difficulty/2025-05-26?height=1', 400, 'invalid-request', 'height', 'none'],
    ['/api/reconciliation/verifications/random-dates?count=0', 400, 'invalid-request', 'count', 'at least 1'],
    ['/api/reconciliation/verifications/random-dates?count=32', 400, 'invalid-request', 'count', 'at most 31'],
    ['/api/reconciliation/audit?action=dance', 400, 'invalid-request', 'action', AUDIT_ACTIONS],
    ['/api/reconciliation/audit?since=noon', 400, 'invalid-request', 'since', 'such as 2025-06-01T00:00:00Z'],
    ['/api/reconciliation/audit?jobId=42', 400, 'invalid-request', 'jobId', `such as ${someJob}`],
    [
      `/api/reconciliation/audit?cursor=${cursor(0)}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    ['/api/reconciliation/audit/verification?from=1', 400, 'invalid-request', 'from', 'none'],
    ['/api/reconciliation/dead-letters?limit=201', 400, 'invalid-request', 'limit', 'at most 200'],
    [
      '/api/reconciliation/dead-letters?durable=dlq.%3E',
      400,
      'invalid-request',
      'durable',
      'such as calculator_curtailment-ingested_v1',
    ],
    [
      `/api/reconciliation/dead-letters?cursor=${cursor(0)}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    [`${reports}?from=26-05-2025`, 400, 'malformed-settlement-date', 'from', 'YYYY-MM-DD'],
    [`${reports}?to=2025-02-30`, 422, 'impossible-settlement-date', 'to', '2000-01-01 to 2100-12-31'],
    [`${reports}?from=2025-05-26&to=2025-05-25`, 400, 'invalid-request', 'to', 'such as 2025-05-28'],
    [`${reports}?cursor=x`, 400, 'invalid-request', 'cursor', '`nextCursor` of the answer before'],
    [`${reports}?outcome=same`, 400, 'invalid-request', 'outcome', 'from, to, cursor, limit, format'],
    [`${reports}/42`, 400, 'invalid-request', 'id', 'such as 0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11'],
    [`${reports}/${someJob}?full=1`, 400, 'invalid-request', 'full', 'none'],
    [`${jobs}?cursor=${cursor('2025-05-26')}`, 400, 'invalid-request', 'cursor', '`nextCursor` of the answer before'],
    [
      `${jobs}?cursor=${cursor({ createdAt: '0000-01-01T00:00:00Z', id: someJob })}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
    [`${jobs}?state=lost`, 400, 'invalid-request', 'state', 'queued, running, completed, failed, cancelled'],
    [`${jobs}/42`, 400, 'invalid-request', 'id', 'such as 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20'],
    [`${jobs}/42/events`, 400, 'invalid-request', 'id', 'such as 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20'],
    [`${jobs}/${someJob}/events?after=1`, 400, 'invalid-request', 'after', 'none'],
    [`${jobs}/42/items`, 400, 'invalid-request', 'id', 'such as 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20'],
    [
      `${jobs}/${someJob}/items?cursor=${cursor('0000-01-01')}`,
      400,
      'invalid-request',
      'cursor',
      '`nextCursor` of the answer before',
    ],
  ];

  it.each(faults)('%s is %i %s, naming %s', async (url, status, code, field, allowed) => {
    const body = await refused({ url }, status);
    expect(body).toMatchObject({ code });
    expect(body.errors?.map((fault) => [fault.field, fault.allowed ?? ''])).toContainEqual([field, allowed]);
  });

  it('has a fault in the table for each read that takes anything', () => {
    const reads = Object.entries(describeRoutes(gateway).paths).filter(([, { get }]) => get !== undefined);
    const patterns = reads.map(([path]) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/?]+')}(\\?|$)`));
    expect(patterns.filter((pattern) => !faults.some(([url]) => pattern.test(url)))).toEqual([]);
  });

  it.each([
    ['/api/summary/daily/2025-05-26?farmId=T_NOSUCH-1', 'unknown-farm', 'farmId'],
    ['/api/summary/monthly/2025-05?leadParty=Nobody', 'unknown-lead-party', 'leadParty'],
    ['/api/summary/yearly?from=2025-05-26&to=2025-05-26&farmId=T_NOSUCH-1', 'unknown-farm', 'farmId'],
    ['/api/curtailment/records?date=2025-05-26&farmId=T_NOSUCH-1', 'unknown-farm', 'farmId'],
    ['/api/curtailment/mining-potential?date=2025-05-26&minerModel=S99', 'unknown-miner-model', 'minerModel'],
    ['/api/curtailment/half-hourly/2025-05-26?minerModel=S99', 'unknown-miner-model', 'minerModel'],
    ['/api/farms/top?minerModel=S99', 'unknown-miner-model', 'minerModel'],
    ['/api/farms/T_NOSUCH-1', 'unknown-farm', 'farmId'],
    [`${jobs}/${someJob}`, 'unknown-job', 'id'],
    [`${reports}/${someJob}`, 'unknown-report', 'id'],
    [`${jobs}/${someJob}/items`, 'unknown-job', 'id'],
    [`${jobs}/${someJob}/events`, 'unknown-job', 'id'],
    ['/api/nowhere', 'unknown-route', undefined],
    ['/api/summary/daily/2025-05-26/more', 'unknown-route', undefined],
    ['/', 'unknown-route', undefined],
  ])('%s is 404 %s', async (url, code, field) => {
    const body = await refused({ url }, 404);
    expect([body.code, body.errors?.[0]?.field]).toEqual([code, field]);
  });

  it.each([
    [{ kind: 'ingest' }, 400, 'date', 'such as 2025-05-26'],
    [{ kind: 'dance' }, 400, 'kind', kinds],
    [{}, 400, 'kind', kinds],
    [[], 400, '', ''],
    [
      { kind: 'ingest', date: '2025-05-26', limit: 3 },
      400,
      'limit',
      'kind, date, periods, reason, onConflict, planHash',
    ],
    [{ kind: 'ingest', date: 20250526 }, 400, 'date', 'such as 2025-05-26'],
    [{ kind: 'ingest', date: '2025-02-30' }, 422, 'date', '2000-01-01 to 2100-12-31'],
    [{ kind: 'ingest', date: '2025-03-30', periods: '1-48' }, 422, 'periods', '1 to 46'],
    [{ kind: 'ingest', date: '2025-05-26', periods: '1,2' }, 400, 'periods', '1 to 48, or a range such as 1-48'],
    [{ kind: 'date', date: '2025-05-26', onConflict: 'wait' }, 400, 'onConflict', 'fail, queue'],
    [{ kind: 'date', date: '2025-05-26', reason: 'a\0b' }, 400, 'reason', 'such as The source corrected period 12'],
    [{ kind: 'range', from: '2025-05-26', to: '2025-05-26', batchSize: 0 }, 400, 'batchSize', 'at least 1'],
    [{ kind: 'range', from: '2025-05-26', to: '2025-05-26', batchSize: 32 }, 400, 'batchSize', 'at most 31'],
    [{ kind: 'range', from: '2025-05-26', to: '2024-05-26' }, 400, 'to', 'such as 2025-05-31'],
  ])('the job %j is %i, naming %s', async (payload, status, field, allowed) => {
    const body = await refused({ method: 'POST', url: jobs, payload, headers: key }, status);
    expect(body.errors?.map((fault) => [fault.field, fault.allowed ?? ''])).toContainEqual([field, allowed]);
  });

  it.each([
    [{ date: '26-05-2025' }, 400, 'date', 'YYYY-MM-DD'],
    [{ date: '2025-02-30' }, 422, 'date', '2000-01-01 to 2100-12-31'],
    [{ sampling: 'some' }, 400, 'sampling', 'progressive, random, fixed, full'],
    [{ reason: '' }, 400, 'reason', 'such as The source corrected period 12'],
    [{ kind: 'verify' }, 400, 'kind', 'date, sampling, reason'],
    [[], 400, '', ''],
  ])('the verification %j is %i, naming %s', async (payload, status, field, allowed) => {
    const url = '/api/reconciliation/verifications';
    const body = await refused({ method: 'POST', url, payload, headers: key }, status);
    expect(body.errors?.map((fault) => [fault.field, fault.allowed ?? ''])).toContainEqual([field, allowed]);
  });

  it.each([
    [{}, 'height', 'such as 955584'],
    [{ height: 955585, fromAt: '2026-06-28T04:11:09Z', difficulty: '1' }, 'height', 'such as 955584'],
    [{ height: 955584, fromAt: 'noon', difficulty: '1' }, 'fromAt', 'such as 2026-06-28T04:11:09Z'],
    [{ height: 955584, fromAt: '2026-06-28T04:11:09Z', difficulty: 1 }, 'difficulty', 'such as 138966872071213'],
    [
      { height: 955584, fromAt: '2026-06-28T04:11:09Z', difficulty: '1', by: 'me' },
      'by',
      'height, fromAt, difficulty, reason',
    ],
  ])('the retarget %j is 400, naming %s', async (payload, field, allowed) => {
    const body = await refused({ method: 'POST', url: '/api/difficulty', payload, headers: key }, 400);
    expect(body.errors?.map((fault) => [fault.field, fault.allowed ?? ''])).toContainEqual([field, allowed]);
  });

  it.each([
    [{}, 'sequence', 'such as 17'],
    [{ sequence: 0 }, 'sequence', 'at least 1'],
    [{ sequence: 3, all: true }, 'sequence', 'such as 17'],
    [{ all: false }, 'all', 'true'],
    [{ durable: 'a b' }, 'durable', 'such as calculator_curtailment-ingested_v1'],
    [{ all: true, force: true }, 'force', 'sequence, durable, all, reason'],
  ])('the replay %j is 400, naming %s', async (payload, field, allowed) => {
    const url = '/api/reconciliation/dead-letters/replay';
    const body = await refused({ method: 'POST', url, payload, headers: key }, 400);
    expect(body.errors?.map((fault) => [fault.field, fault.allowed ?? ''])).toContainEqual([field, allowed]);
  });

  it('refuses what is no request at all', async () => {
    const post = { method: 'POST', url: jobs } as const;
    const json = { ...key, 'content-type': 'application/json' };
    expect(await refused({ ...post, headers: json, payload: '{"kind":' }, 400)).toMatchObject({
      code: 'malformed-request',
    });
    expect(await refused({ ...post, headers: json, payload: '' }, 400)).toMatchObject({ code: 'malformed-request' });
    expect(await refused({ ...post, headers: json, payload: '"x"' }, 400)).toMatchObject({ code: 'invalid-request' });
    expect(await refused({ ...post, headers: key }, 400)).toMatchObject({ code: 'invalid-request' });
    const xml = { ...key, 'content-type': 'application/xml' };
    expect(await refused({ ...post, headers: xml, payload: '<a/>' }, 415)).toMatchObject({
      code: 'unsupported-media-type',
    });
    const large = JSON.stringify({ reason: 'x'.repeat(2 ** 20) });
    expect(await refused({ ...post, headers: json, payload: large }, 413)).toMatchObject({ code: 'request-too-large' });
    const repeated = { ...key, 'idempotency-key': ' ' };
    expect(
      await refused(
        { ...post, headers: { ...repeated, 'idempotency-key': 'ü' }, payload: { kind: 'date', date: '2025-05-26' } },
        400,
      ),
    ).toMatchObject({
      errors: [{ field: 'Idempotency-Key' }],
    });
    const beyond = { 'last-event-id': '-1' };
    expect(await refused({ url: `${jobs}/${someJob}/events`, headers: beyond }, 400)).toMatchObject({
      errors: [{ field: 'Last-Event-ID' }],
    });
    expect(await refused({ ...post, url: `${jobs}/${someJob}/cancel?now=1`, headers: key }, 400)).toMatchObject({
      errors: [{ field: 'now' }],
    });
  });

  it('names the methods that a path takes', async () => {
    for (const [method, url, allowed] of [
      ['DELETE', '/api/summary/daily/2025-05-26', 'GET, HEAD'],
      ['POST', '/api/coverage', 'GET, HEAD'],
      ['PUT', jobs, 'GET, HEAD, POST'],
      ['GET', `${jobs}/${someJob}/cancel`, 'POST'],
    ] as const) {
      const body = await refused({ method, url }, 405);
      expect(body.code).toBe('method-not-allowed');
      expect((await gateway.inject({ method, url })).headers.allow).toBe(allowed);
    }
  });

  it('refuses an address that is none', async () => {
    await refused({ url: '/api/summary/daily/%E0%A4%A' }, 400);
    await refused({ url: `/api/summary/daily/${'9'.repeat(200)}` }, 400);
  });

  it('answers 503 for figures while the database is away, and says when to try again', async () => {
    const away = await startGateway({ GATEWAY_DATABASE_URL: 'postgres://windfall_gateway:x@127.0.0.1:9/none' });
    const response = await away.inject({ url: '/api/summary/daily/2025-05-26' });
    expect([response.statusCode, response.headers['retry-after'], response.json<Problem>().code]).toEqual([
      503,
      '5',
      'unavailable',
    ]);
    await away.close();
  });
});

function cursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}
