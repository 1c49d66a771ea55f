import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { simulatorUnderTest } from '../simulator-under-test.js';

type Row = Record<string, unknown>;

const DATE = '2025-05-26';
const path = (period: number, side = 'bid') => `/balancing/settlement/stack/all/${side}/${DATE}/${period}`;

const simulator = await simulatorUnderTest();
afterAll(() => simulator.close());
afterEach(() => simulator.clear('faults'));

async function fault(rule: Row): Promise<void> {
  const { status, body } = await simulator.control('faults', rule);
  if (status !== 201) throw new Error(JSON.stringify(body));
}

async function rowsOf(period: number): Promise<Row[]> {
  return (await simulator.stack('bid', DATE, period)) as unknown as Row[];
}

async function statusOf(requestPath: string): Promise<number> {
  const response = await simulator.get(requestPath);
  await response.arrayBuffer();
  return response.status;
}

describe('a fault instead of an answer', () => {
  it('is 429, with Retry-After in seconds, as a date, or without', async () => {
    await fault({ kind: 'status', status: 429, times: 1 });
    await fault({ kind: 'status', status: 429, times: 1, retryAfter: { seconds: 7 } });
    await fault({ kind: 'status', status: 429, times: 1, retryAfter: { dateInSeconds: 60 } });
    const answers = [];
    for (let attempt = 0; attempt < 4; attempt++) answers.push(await simulator.get(path(1)));
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 200]);
    const headers = answers.map((answer) => answer.headers.get('retry-after'));
    expect([headers[0], headers[1], headers[3]]).toEqual([null, '7', null]);
    expect(headers[2]).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    // The header has whole seconds.
    expect(Math.abs(Date.parse(headers[2] ?? '') - Date.now() - 60_000)).toBeLessThan(10_000);
  });

  it('is 503', async () => {
    await fault({ kind: 'status', status: 503 });
    expect(await statusOf(path(1))).toBe(503);
  });

  it('is HTML with status 200', async () => {
    await fault({ kind: 'html' });
    const response = await simulator.get(path(1));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await response.text()).toContain('<html>');
  });

  it('is JSON that ends in the middle, in a message that is whole', async () => {
    await fault({ kind: 'truncated' });
    const text = await (await simulator.get(path(1))).text();
    expect(text.length).toBeGreaterThan(100_000);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  });

  it('is a connection that ends in the middle of the body', async () => {
    await fault({ kind: 'reset' });
    const response = await simulator.get(path(1));
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it.each(['nothing', 'headers', 'half'])(
    'is a silence after %s that lasts until the client gives up',
    async (after) => {
      await fault({ kind: 'stall', after });
      const asked = simulator.get(path(1), { signal: AbortSignal.timeout(300) });
      await expect(asked.then((response) => response.text())).rejects.toThrow(/timeout/);
    },
  );

  it('is a body of many bytes more, without a length to warn of them', async () => {
    const usual = (await (await simulator.get(path(1))).arrayBuffer()).byteLength;
    await fault({ kind: 'oversized', bytes: 5_000_000 });
    const response = await simulator.get(path(1));
    expect(response.headers.get('content-length')).toBeNull();
    expect((await response.arrayBuffer()).byteLength).toBe(usual + 5_000_000);
  });

  it('is a period that is missing: 404, or 200 without rows', async () => {
    await fault({ kind: 'missing-period', times: 1 });
    await fault({ kind: 'missing-period', as: 'empty' });
    expect(await statusOf(path(1))).toBe(404);
    expect(await simulator.json(path(1))).toEqual({ metadata: { datasets: ['ISPSTACK'] }, data: [] });
  });

  it('is a delay before the true answer', async () => {
    const usual = await rowsOf(1);
    await fault({ kind: 'slow', latencyMs: 300 });
    const askedAt = performance.now();
    expect(await rowsOf(1)).toEqual(usual);
    // Timers may fire a millisecond early.
    expect(performance.now() - askedAt).toBeGreaterThan(298);
  });
});

describe('a fault in the rows', () => {
  it('is a field by another name', async () => {
    const usual = await rowsOf(1);
    await fault({ kind: 'renamed-field', field: 'soFlag', to: 'systemFlag' });
    const expected = usual.map(({ soFlag, ...rest }) => ({ ...rest, systemFlag: soFlag }));
    expect(await rowsOf(1)).toEqual(expected);
  });

  it('is a null, in one row only when asked so', async () => {
    const usual = await rowsOf(1);
    await fault({ kind: 'null-field', field: 'volume', rows: 'last' });
    expect(await rowsOf(1)).toEqual(usual.with(-1, { ...usual.at(-1), volume: null }));
  });

  it('is a number as text and a text as number', async () => {
    const [first] = await rowsOf(1);
    await fault({ kind: 'mistyped-field', field: 'volume', times: 1 });
    await fault({ kind: 'mistyped-field', field: 'id' });
    expect((await rowsOf(1))[0]?.volume).toBe(String(first?.volume));
    expect(typeof (await rowsOf(1))[0]?.id).toBe('number');
  });

  it('is a field that nobody knows', async () => {
    const usual = await rowsOf(1);
    await fault({ kind: 'unknown-field', field: 'newIn2027' });
    expect(await rowsOf(1)).toEqual(usual.map((row) => ({ ...row, newIn2027: expect.anything() })));
  });

  it('is each curtailed row twice, alike', async () => {
    const usual = await rowsOf(1);
    await fault({ kind: 'duplicated-rows', rows: 'curtailed' });
    const spoilt = await rowsOf(1);
    expect(spoilt.length).toBeGreaterThan(usual.length);
    expect(spoilt.length).toBeLessThan(usual.length + 200);
    expect(new Set(spoilt.map((row) => JSON.stringify(row)))).toEqual(new Set(usual.map((row) => JSON.stringify(row))));
  });

  it('is the same key with another volume', async () => {
    const farm = (await rowsOf(1)).find(({ id }) => String(id).startsWith('T_SGRWO'));
    const rows = { id: farm?.id, acceptanceId: farm?.acceptanceId };
    await fault({ kind: 'duplicated-rows', values: 'different', rows });
    const pair = (await rowsOf(1)).filter(
      ({ id, acceptanceId }) => id === rows.id && acceptanceId === rows.acceptanceId,
    );
    expect(pair).toEqual([farm, { ...farm, volume: Number(farm?.volume) - 1 }]);
  });

  it('reaches the bare array of the register too', async () => {
    await fault({ kind: 'null-field', endpoint: 'bm-units', field: 'nationalGridBmUnit', rows: 'first' });
    const units = (await simulator.json('/reference/bmunits/all')) as Row[];
    expect(units[0]?.nationalGridBmUnit).toBeNull();
    expect(units[1]?.nationalGridBmUnit).not.toBeNull();
  });
});

describe('a rule', () => {
  it('keeps to its endpoint, side, date, range and periods', async () => {
    const failing = { kind: 'status', status: 500 };
    await fault({ ...failing, endpoint: 'stack', side: 'bid', date: DATE, periods: [2, 3] });
    await fault({ ...failing, endpoint: 'stack', from: '2025-06-01', to: '2025-06-02' });
    expect(await statusOf(path(1))).toBe(200);
    expect(await statusOf(path(2))).toBe(500);
    expect(await statusOf(path(3))).toBe(500);
    expect(await statusOf(path(2, 'offer'))).toBe(200);
    const statusOn = (date: string) => statusOf(`/balancing/settlement/stack/all/bid/${date}/2`);
    expect(await Promise.all(['2025-05-31', '2025-06-01', '2025-06-02', '2025-06-03'].map(statusOn))).toEqual([
      200, 500, 500, 200,
    ]);
    const notifications = '/balancing/physical/all?dataset=PN&settlementDate=2025-06-01&settlementPeriod=2';
    expect(await statusOf(notifications)).toBe(200);
  });

  it('hits as often as its probability says, and the same requests every time', async () => {
    // A day that has not settled: empty answers, for the sake of speed.
    const pathOf = (period: number) => `/balancing/settlement/stack/all/bid/2026-06-20/${period}`;
    const attempts = async () => {
      await fault({ kind: 'status', status: 500, probability: 0.2 });
      const statuses = [];
      for (let period = 1; period <= 48; period++) {
        statuses.push(await statusOf(pathOf(period)), await statusOf(pathOf(period)));
      }
      return statuses;
    };
    const statuses = await attempts();
    // 96 draws at 0.2: 19 expected, deviation 3.9.
    const hits = statuses.filter((status) => status === 500).length;
    expect(hits).toBeGreaterThan(7);
    expect(hits).toBeLessThan(31);
    expect((await simulator.control('faults')).body).toMatchObject([{ hits }]);
    // A second attempt is a draw of its own: 48 pairs that all agree have a chance of 0.68^48.
    const pairs = Array.from({ length: 48 }, (_, index) => statuses.slice(2 * index, 2 * index + 2));
    expect(pairs.some(([first, second]) => first !== second)).toBe(true);

    await simulator.clear('faults');
    expect(await attempts()).toEqual(statuses);
  });

  it('counts its hits and ends after so many times', async () => {
    await fault({ kind: 'status', status: 500, times: 2 });
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt++) statuses.push(await statusOf(path(1)));
    expect(statuses).toEqual([500, 500, 200]);
    expect((await simulator.control('faults')).body).toMatchObject([{ hits: 2, rule: { kind: 'status', times: 2 } }]);
  });

  it('is rejected with the name of what is wrong', async () => {
    const rejected = (field: string) => ({
      status: 400,
      body: { errors: expect.arrayContaining([{ field, detail: expect.any(String) }]) as unknown },
    });
    expect(await simulator.control('faults', { kind: 'earthquake' })).toEqual(rejected('kind'));
    expect(await simulator.control('faults', { kind: 'status' })).toEqual(rejected('status'));
    expect(await simulator.control('faults', { kind: 'html', date: '2025-02-30' })).toEqual(rejected('date'));
    expect(await simulator.control('faults', { kind: 'html', period: 3 })).toEqual(rejected('body'));
    expect(await simulator.control('faults', { kind: 'html', from: '2025-02-02', to: '2025-02-01' })).toEqual(
      rejected('to'),
    );
    expect((await simulator.control('faults')).body).toEqual([]);
  });
});

describe('requests that were cut off', () => {
  it('are counted as such and no longer in flight', async () => {
    await simulator.clear('requests');
    await fault({ kind: 'reset' });
    await expect(simulator.get(path(5)).then((response) => response.text())).rejects.toThrow();
    expect((await simulator.requestsWhen(0)).byStatus).toEqual({ 'cut-off': 1 });
  });
});
