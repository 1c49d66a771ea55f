import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from '@app/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InsightsClient } from './insights-client.js';
import { type Patience } from './json-source.js';
import { readStack } from './read-stack.js';
import { type RequestBudget } from './request-budget.js';

type Reply = (response: ServerResponse, request: IncomingMessage) => void;

const row = {
  settlementDate: '2026-07-10',
  settlementPeriod: 20,
  startTime: '2026-07-10T08:30:00Z',
  createdDateTime: '2026-07-11T09:14:32Z',
  sequenceNumber: 1,
  id: 'E_LITRB-1',
  acceptanceId: 49242,
  bidOfferPairId: 1,
  cadlFlag: false,
  soFlag: false,
  originalPrice: 90.25,
  volume: -0.5,
};

const text =
  (body: string, status = 200, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, headers).end(body);
const json = (body: unknown): Reply => text(JSON.stringify(body));
const status = (code: number, headers: Record<string, string> = {}): Reply => text('no', code, headers);
const good = json({ data: [row] });

const reset: Reply = (response) => response.destroy();
const resetInsideBody: Reply = (response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"data":[', () => response.destroy());
};
const silence: Reply = () => undefined;
const silenceInsideBody: Reply = (response) => response.writeHead(200).write('{"data":[');
const trickle: Reply = (response) => {
  response.writeHead(200);
  const drip = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(drip));
};

/** Answers the first request with the first reply, and so on; all further ones with the last. */
function inTurn(...replies: Reply[]): Reply {
  let next = 0;
  return (response, request) => replies[Math.min(next++, replies.length - 1)]?.(response, request);
}

describe('the Insights API client', () => {
  let server: Server;
  let reply: Reply;
  let paths: string[];
  let connections: number;
  const clients: InsightsClient[] = [];

  beforeEach(async () => {
    paths = [];
    connections = 0;
    server = createServer((request, response) => {
      paths.push(request.url ?? '');
      reply(response, request);
    });
    server.on('connection', () => (connections += 1));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  function client(
    patience: Partial<Patience> = {},
    maxConcurrency = 4,
    budget?: RequestBudget,
    onUnknownField?: (endpoint: string, field: string) => void,
  ): InsightsClient {
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/bmrs/api/v1`;
    const options = { baseUrl, maxConcurrency, patience: { firstBackoffMs: 1, ...patience } };
    const made = new InsightsClient(budget === undefined ? options : { ...options, budget }, onUnknownField);
    clients.push(made);
    return made;
  }

  describe('asks', () => {
    it('for one side of the stack of a period', async () => {
      reply = good;
      const reading = await client().stack('2026-07-10', 20, readStack);
      expect(paths).toEqual(['/bmrs/api/v1/balancing/settlement/stack/all/bid/2026-07-10/20']);
      expect(reading?.rows).toEqual([row]);
    });

    it('for wind output in a window that even around the autumn clock change is below 7 days', async () => {
      reply = json({ data: [] });
      await expect(client().windAndSolar('2026-10-20', '2026-10-25')).resolves.toEqual({ rows: [], answer: 'empty' });
      expect(paths).toEqual([
        '/bmrs/api/v1/generation/actual/per-type/wind-and-solar?from=2026-10-19T23:00:00Z&to=2026-10-26T00:00:00Z',
      ]);
    });

    it('for the physical notifications of one unit', async () => {
      reply = json({ data: [] });
      await client().physicalNotifications('2026-07-10', 20, '2__ASTAT009');
      expect(paths).toEqual([
        '/bmrs/api/v1/balancing/physical/all?dataset=PN&settlementDate=2026-07-10&settlementPeriod=20&bmUnit=2__ASTAT009',
      ]);
    });

    it('for system prices and the register', async () => {
      reply = inTurn(json({ data: [] }), json([]));
      await client().systemPrices('2026-07-10');
      await expect(client().units()).rejects.toMatchObject({ code: 'source-malformed' });
      expect(paths).toEqual([
        '/bmrs/api/v1/balancing/settlement/system-prices/2026-07-10',
        '/bmrs/api/v1/reference/bmunits/all',
      ]);
    });
  });

  describe('tells apart', () => {
    it('an empty list', async () => {
      reply = json({ data: [] });
      await expect(client().stack('2026-07-10', 20, readStack)).resolves.toEqual({
        rows: [],
        unknownFields: new Map(),
      });
    });

    it('a 404, which it does not repeat', async () => {
      reply = status(404);
      await expect(client().stack('2026-07-10', 20, readStack)).resolves.toBeNull();
      expect(paths).toHaveLength(1);
    });

    it('a register that is not there', async () => {
      reply = status(404);
      await expect(client().units()).rejects.toMatchObject({ code: 'source-rejected', detail: 'HTTP 404' });
    });
  });

  describe('asks again after', () => {
    it.each<[string, Reply]>([
      ['429', status(429)],
      ['500', status(500)],
      ['503', status(503)],
      ['a connection that breaks', reset],
      ['a body that breaks off', resetInsideBody],
      ['truncated JSON', text('{"data":[{"settlementDate":"2026-07-1')],
      ['HTML with status 200', text('<!DOCTYPE html><title>Maintenance</title>')],
      ['an empty body', text('')],
      ['silence before the headers', silence],
      ['silence inside the body', silenceInsideBody],
    ])('%s', async (_, fault) => {
      reply = inTurn(fault, fault, good);
      const reading = await client({ silenceTimeoutMs: 50 }).stack('2026-07-10', 20, readStack);
      expect(reading?.rows).toHaveLength(1);
      expect(paths).toHaveLength(3);
    });

    it('an answer that only trickles', async () => {
      reply = inTurn(trickle, good);
      const reading = await client({ answerTimeoutMs: 60 }).stack('2026-07-10', 20, readStack);
      expect(reading?.rows).toHaveLength(1);
    });
  });

  describe('gives up with the last cause and the number of attempts', () => {
    it.each<[string, Reply, string, string]>([
      ['HTTP 500', status(500), 'source-unavailable', 'HTTP 500, 5 attempts'],
      ['too many requests', status(429), 'source-unavailable', 'HTTP 429, 5 attempts'],
      ['trickling', trickle, 'source-unavailable', 'no whole answer within 0.5 s, 5 attempts'],
      ['truncation', text('{"data":['), 'source-malformed', 'the JSON is broken or cut off, 5 attempts'],
      [
        'HTML',
        text('<html> sorry'),
        'source-malformed',
        'the answer is not JSON, it begins "<html> sorry", 5 attempts',
      ],
    ])('on %s', async (_, fault, code, detail) => {
      reply = fault;
      await expect(client({ answerTimeoutMs: 500 }).stack('2026-07-10', 20, readStack)).rejects.toMatchObject({
        code,
        detail,
        message: expect.stringContaining(`settlement stack (bid) of 2026-07-10 period 20: ${detail}. Ask again later`),
        details: { settlementDate: '2026-07-10', settlementPeriod: 20 },
      });
      expect(paths).toHaveLength(5);
    });

    it('on silence', async () => {
      reply = silence;
      await expect(
        client({ silenceTimeoutMs: 30, maxAttempts: 1 }).stack('2026-07-10', 20, readStack),
      ).rejects.toMatchObject({
        detail: 'no sign of life for 0.03 s, 1 attempt',
      });
    });

    it('when nobody listens', async () => {
      const lonely = client({ maxAttempts: 2 });
      await new Promise((resolve) => server.close(resolve));
      await expect(lonely.stack('2026-07-10', 20, readStack)).rejects.toMatchObject({
        code: 'source-unavailable',
        detail: 'connection failed (ECONNREFUSED), 2 attempts',
      });
    });
  });

  describe('does not ask again', () => {
    it.each([400, 401, 403, 301])('after HTTP %i', async (code) => {
      reply = status(code);
      await expect(client().stack('2026-07-10', 20, readStack)).rejects.toMatchObject({
        code: 'source-rejected',
        detail: `HTTP ${code}, 1 attempt`,
      });
      expect(paths).toHaveLength(1);
    });

    it('for rows that are not as promised', async () => {
      reply = json({ data: [{ ...row, volume: undefined }] });
      await expect(client().stack('2026-07-10', 20, readStack)).rejects.toMatchObject({ code: 'source-malformed' });
      expect(paths).toHaveLength(1);
    });

    it('for an answer that is too large', async () => {
      reply = json({ data: Array.from({ length: 100 }, () => row) });
      await expect(client({ maxBodyBytes: 5000 }).stack('2026-07-10', 20, readStack)).rejects.toMatchObject({
        code: 'source-too-large',
        detail: 'the answer is larger than 5000 bytes, 1 attempt',
      });
      expect(paths).toHaveLength(1);
    });
  });

  describe('honours Retry-After', () => {
    /** Gaps between the arrivals of requests, in milliseconds. */
    function arrivals(...replies: Reply[]): number[] {
      const times: number[] = [];
      const next = inTurn(...replies);
      reply = (response, request) => {
        times.push(Date.now());
        next(response, request);
      };
      return times;
    }

    it('in seconds', async () => {
      const times = arrivals(status(429, { 'retry-after': '1' }), good);
      await client().stack('2026-07-10', 20, readStack);
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(995);
    });

    it('as a date, and for every request of the client', async () => {
      // An HTTP date has no fraction, so the wait may be up to a second shorter than two.
      const until = Math.floor(Date.now() / 1000) * 1000 + 2000;
      const times = arrivals(status(503, { 'retry-after': new Date(until).toUTCString() }), good);
      const one = client({}, 1);
      await Promise.all([
        one.stack('2026-07-10', 20, readStack),
        one.stack('2026-07-10', 20, readStack),
        one.stack('2026-07-10', 20, readStack),
      ]);
      expect(times).toHaveLength(4);
      expect(times[1]).toBeGreaterThanOrEqual(until);
    });

    it('by failing at once, and sending nothing more, when the wait is too long', async () => {
      reply = status(429, { 'retry-after': '3600' });
      const one = client({}, 1);
      const both = await Promise.allSettled([
        one.stack('2026-07-10', 20, readStack),
        one.stack('2026-07-10', 20, readStack),
      ]);
      for (const outcome of both) {
        expect(outcome).toMatchObject({
          reason: {
            code: 'source-unavailable',
            detail: expect.stringMatching(/^the source asks to wait until \d{4}-/),
          },
        });
      }
      expect(paths).toHaveLength(1);
    });
  });

  it('keeps to its concurrency and keeps its connections', async () => {
    let open = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    // Each reply waits until three requests are under way at once, or none are left to come.
    reply = (response, request) => {
      open += 1;
      most = Math.max(most, open);
      waiting.push(() => {
        open -= 1;
        good(response, request);
      });
      if (open === 3) for (const answer of waiting.splice(0)) answer();
    };
    const one = client({}, 3);
    await Promise.all(Array.from({ length: 12 }, () => one.stack('2026-07-10', 20, readStack)));
    expect(most).toBe(3);
    expect(connections).toBe(3);
  });

  it('goes on asking while answers are read, and keeps no more of them than twice its concurrency', async () => {
    reply = good;
    const one = client({}, 2);
    let reading = 0;
    let read = (): void => undefined;
    const allowed = new Promise<void>((resolve) => (read = resolve));
    const slowly = async (...answer: Parameters<typeof readStack>): Promise<ReturnType<typeof readStack>> => {
      reading += 1;
      await allowed;
      return readStack(...answer);
    };
    const all = Array.from({ length: 8 }, () => one.stack('2026-07-10', 20, slowly));
    await eventually(() => expect(reading).toBe(4));
    expect(paths).toHaveLength(4);
    read();
    await Promise.all(all);
    expect(paths).toHaveLength(8);
  });

  it('takes from the budget before each attempt', async () => {
    let taken = 0;
    reply = inTurn(status(500), status(500), good);
    const budget = { take: () => Promise.resolve(void (taken += 1)) };
    await client({}, 4, budget).stack('2026-07-10', 20, readStack);
    expect(taken).toBe(3);
    expect(paths).toHaveLength(3);
  });

  it('sends nothing while the budget says wait', async () => {
    reply = good;
    let grant = (): void => undefined;
    const granted = new Promise<void>((resolve) => (grant = resolve));
    const answer = client({}, 4, { take: () => granted }).stack('2026-07-10', 20, readStack);
    const probe = client().stack('2026-07-10', 20, readStack);
    await probe;
    expect(paths).toHaveLength(1);
    grant();
    await expect(answer).resolves.toHaveProperty('rows.length', 1);
  });

  it('tells of a field that it does not know, once', async () => {
    reply = json({
      data: [
        { ...row, netZeroFlag: 1 },
        { ...row, netZeroFlag: 2 },
      ],
    });
    const told: string[] = [];
    const one = client({}, 4, undefined, (endpoint, field) => told.push(`${endpoint}: ${field}`));
    await one.stack('2026-07-10', 20, readStack);
    await one.stack('2026-07-10', 20, readStack);
    expect(told).toEqual(['settlement stack (bid): netZeroFlag']);
  });

  it('holds nothing of an answer that it has handed over', async () => {
    reply = good;
    const one = client();
    const handedOver = async (): Promise<WeakRef<object>> => {
      const reading = await one.stack('2026-07-10', 20, readStack);
      return new WeakRef(reading ?? {});
    };
    const reading = await handedOver();
    // A garbage collector on demand; the turns of the loop let go of what the last promises hold.
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    await until(() => {
      collect();
      return reading.deref() === undefined;
    });
  });

  it('breaks off when it is closed, and does not blame the source', async () => {
    reply = silence;
    const one = client();
    const outcome = expect(one.stack('2026-07-10', 20, readStack)).rejects.toMatchObject({
      name: 'WindfallError',
      code: 'unavailable',
    });
    await until(() => paths.length === 1);
    await one.close();
    await outcome;
    expect(paths).toHaveLength(1);
  });

  it('does not wait for its next attempt when it is closed', async () => {
    reply = status(429, { 'retry-after': '60' });
    const one = client({ firstBackoffMs: 60_000 });
    const answer = one.stack('2026-07-10', 20, readStack);
    const outcome = expect(answer).rejects.toMatchObject({ code: 'unavailable' });
    await until(() => paths.length === 1);
    await one.close();
    await outcome;
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
