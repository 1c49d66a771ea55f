import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { dayBoundsAt } from '@app/domain';
import { simulatorUnderTest } from './simulator-under-test.js';

type Row = Record<string, unknown>;
type Rows = { metadata: { datasets: string[] }; data: Row[] };

const SAMPLES = new URL('../../../../shared/data/elexon-samples/', import.meta.url);
const withSamples = existsSync(SAMPLES) ? it : it.skip;
const skipped = existsSync(SAMPLES) ? '' : ' (skipped: no ../shared beside the repository)';

const simulator = await simulatorUnderTest();
afterAll(() => simulator.close());

function sampleOf(file: string): Row[] {
  const document = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as Row[] | { data: Row[] };
  return Array.isArray(document) ? document : document.data;
}

/** JSON types that each field takes, such as `originalPrice: number`. */
function typesOf(rows: readonly Row[]): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const row of rows) {
    for (const [field, value] of Object.entries(row)) {
      const known = types.get(field) ?? new Set();
      types.set(field, known.add(value === null ? 'null' : typeof value));
    }
  }
  return types;
}

/** Same fields in the same order, and no field of a type that the sample's lacks; `mayBeNull` are so by the spec. */
function expectShapeOf(ours: readonly Row[], sample: readonly Row[], mayBeNull: readonly string[] = []): void {
  expect(ours.length).toBeGreaterThan(0);
  const fields = new Set(ours.map((row) => Object.keys(row).join()));
  expect([...fields]).toEqual([Object.keys(sample[0] ?? {}).join()]);
  const known = typesOf(sample);
  for (const [field, types] of typesOf(ours)) {
    for (const type of types) {
      if (type === 'null' && mayBeNull.includes(field)) continue;
      expect([field, ...(known.get(field) ?? [])]).toContain(type);
    }
  }
}

describe('the settlement stack', () => {
  withSamples(`has the fields of a recorded row, in its order and with its types${skipped}`, async () => {
    const sample = sampleOf('settlement-stack-bid_2026-07-10_sp20_one-row.json');
    const mayBeNull = ['acceptanceId', 'bidOfferPairId', 'cadlFlag', 'finalPrice'];
    expectShapeOf((await simulator.stack('bid', '2025-05-26', 20)) as unknown as Row[], sample, mayBeNull);
    expectShapeOf((await simulator.stack('offer', '2025-05-26', 20)) as unknown as Row[], sample, mayBeNull);
  });

  it('comes in the envelope of its data set, with the period’s start in UTC and a version of the next day', async () => {
    const answer = (await simulator.json('/balancing/settlement/stack/all/bid/2025-05-26/1')) as Rows;
    expect(Object.keys(answer)).toEqual(['metadata', 'data']);
    expect(answer.metadata).toEqual({ datasets: ['ISPSTACK'] });
    expect(answer.data[0]).toMatchObject({
      settlementDate: '2025-05-26',
      settlementPeriod: 1,
      // Summer time: the day begins at 23:00Z, the period ends at 23:30Z.
      startTime: '2025-05-25T23:00:00Z',
      sequenceNumber: 1,
      reserveScarcityPrice: 0,
    });
    expect(answer.data[0]?.createdDateTime).toMatch(/^2025-05-26T23:44:\d\dZ$/);
  });

  it('is in the order of prices, numbered through', async () => {
    const rows = await simulator.stack('bid', '2025-05-26', 20);
    expect(rows.map(({ sequenceNumber }) => sequenceNumber)).toEqual(rows.map((_, index) => index + 1));
    const prices = rows.map(({ originalPrice }) => originalPrice);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  it('has bids below zero and offers above it, save what was not accepted', async () => {
    const bids = await simulator.stack('bid', '2025-05-26', 20);
    const offers = await simulator.stack('offer', '2025-05-26', 20);
    expect(bids.every(({ volume }) => volume <= 0)).toBe(true);
    expect(offers.every(({ volume }) => volume >= 0)).toBe(true);
  });

  it('mixes in adjustments, which have a number for an id and no acceptance, pair or cadlFlag', async () => {
    const rows = await simulator.stack('bid', '2025-05-26', 20);
    const adjustments = rows.filter(({ acceptanceId }) => acceptanceId === null);
    expect(adjustments.length).toBeGreaterThan(0);
    for (const { id, bidOfferPairId, cadlFlag } of adjustments) {
      expect([id, bidOfferPairId, cadlFlag]).toEqual([expect.stringMatching(/^\d+$/), null, null]);
    }
  });

  it('sets the adjusted volume to 0 below 0.1 MWh', async () => {
    const rows = await simulator.stack('bid', '2025-05-26', 20);
    expect(rows.some(({ volume }) => volume !== 0 && Math.abs(volume) < 0.1)).toBe(true);
    for (const row of rows) expect(row.dmatAdjustedVolume).toBe(Math.abs(row.volume) < 0.1 ? 0 : row.volume);
  });

  it('has 500 to 2,500 rows, keys that never repeat, and few rows that match', async () => {
    const units = (await simulator.json('/reference/bmunits/all')) as Row[];
    const wind = new Set(units.filter(({ fuelType }) => fuelType === 'WIND').map(({ elexonBmUnit }) => elexonBmUnit));
    const periods = Array.from({ length: 48 }, (_, index) => index + 1);
    let bytes = 0;
    let matching = 0;
    let mwh = 0;
    for (const period of periods) {
      const text = await (await simulator.get(`/balancing/settlement/stack/all/bid/2025-05-26/${period}`)).text();
      bytes += Buffer.byteLength(text);
      const rows = (JSON.parse(text) as Rows).data;
      expect(rows.length).toBeGreaterThan(500);
      expect(rows.length).toBeLessThan(2_500);
      const accepted = rows.filter(({ acceptanceId }) => acceptanceId !== null);
      expect(new Set(accepted.map((row) => [row.id, row.acceptanceId, row.bidOfferPairId].join())).size).toBe(
        accepted.length,
      );
      const curtailed = rows.filter(({ id, soFlag, volume }) => soFlag === true && Number(volume) < 0 && wind.has(id));
      matching += curtailed.length;
      mwh -= curtailed.reduce((sum, { volume }) => sum + Number(volume), 0);
    }
    // The busy day that the benchmarks are defined on: at least 4,000 matching rows and 18 MB of JSON.
    expect(Math.abs(mwh - 95_000)).toBeLessThan(100);
    expect(matching).toBeGreaterThan(4_000);
    expect(matching).toBeLessThan(4_600);
    expect(bytes).toBeGreaterThan(18_000_000);
    expect(bytes).toBeLessThan(20_500_000);
  });

  it('is 404 for a period that the day lacks', async () => {
    const status = async (path: string) => (await simulator.get(`/balancing/settlement/stack/all/bid/${path}`)).status;
    expect(await status('2026-03-29/46')).toBe(200);
    expect(await status('2026-03-29/47')).toBe(404);
    expect(await status('2025-10-26/50')).toBe(200);
    expect(await status('2025-05-26/49')).toBe(404);
  });

  it.each(['bid/2025-02-30/1', 'bid/yesterday/1', 'bid/2025-05-26/0', 'bid/2025-05-26/x', 'ask/2025-05-26/1'])(
    'rejects %s',
    async (path) => {
      expect((await simulator.get(`/balancing/settlement/stack/all/${path}`)).status).toBe(400);
    },
  );
});

describe('the present', () => {
  it('has no rows for a period until 18 minutes after its end, then a first run, a day later another', async () => {
    const versionAt = async (now: string) => {
      const then = await simulatorUnderTest({ SIMULATOR_NOW: now, SIMULATOR_SCENARIOS: '2026-01-10=windy' });
      const rows = await then.stack('bid', '2026-01-10', 20);
      await then.close();
      return rows;
    };
    // Period 20 ends at 10:00Z.
    expect(await versionAt('2026-01-10T10:18:00Z')).toEqual([]);
    const first = await versionAt('2026-01-10T10:20:00Z');
    expect(first[0]?.createdDateTime).toMatch(/^2026-01-10T10:18:\d\dZ$/);
    const second = await versionAt('2026-01-11T10:16:00Z');
    expect(second[0]?.createdDateTime).toMatch(/^2026-01-11T10:14:\d\dZ$/);
    const content = (rows: typeof first) => rows.map(({ id, acceptanceId, volume }) => [id, acceptanceId, volume]);
    expect(content(first)).not.toEqual(content(second));
  });
});

describe('two simulators', () => {
  it('answer alike with one seed, in whatever order they are asked, and differently with another', async () => {
    const [one, two, other] = await Promise.all([
      simulatorUnderTest({ SIMULATOR_SEED: 'one' }),
      simulatorUnderTest({ SIMULATOR_SEED: 'one' }),
      simulatorUnderTest({ SIMULATOR_SEED: 'other' }),
    ]);
    const paths = [
      '/balancing/settlement/stack/all/bid/2025-05-26/7',
      '/balancing/settlement/stack/all/offer/2025-05-26/7',
      '/balancing/physical/all?dataset=PN&settlementDate=2025-05-26&settlementPeriod=7',
      '/generation/actual/per-type/wind-and-solar?from=2025-05-26&to=2025-05-27',
    ];
    const forward: string[] = [];
    for (const path of paths) forward.push(await (await one.get(path)).text());
    const backward: string[] = [];
    for (const path of paths.toReversed()) backward.unshift(await (await two.get(path)).text());
    expect(backward).toEqual(forward);
    expect(await (await other.get(paths[0] ?? '')).text()).not.toBe(forward[0]);
    await Promise.all([one.close(), two.close(), other.close()]);
  });
});

describe('the unit register', () => {
  withSamples(`has the fields of the real one, in its order and with its types${skipped}`, async () => {
    expectShapeOf((await simulator.json('/reference/bmunits/all')) as Row[], sampleOf('reference-bmunits-all.json'));
  });

  withSamples(`has the same wind units by the same ids as the real one${skipped}`, async () => {
    const keysOf = (rows: readonly Row[]) =>
      rows
        .filter(({ fuelType }) => fuelType === 'WIND')
        .map(({ elexonBmUnit, nationalGridBmUnit, leadPartyName, generationCapacity }) =>
          [elexonBmUnit, nationalGridBmUnit, leadPartyName, generationCapacity].join(),
        )
        .sort();
    const ours = (await simulator.json('/reference/bmunits/all')) as Row[];
    expect(keysOf(ours)).toEqual(keysOf(sampleOf('reference-bmunits-all.json')));
  });

  it('has the traps of the real one', async () => {
    const units = (await simulator.json('/reference/bmunits/all')) as Row[];
    const twice = units.filter(({ elexonBmUnit }) => elexonBmUnit === 'T_WLNYO-4');
    expect(twice.map(({ eic }) => eic)).toEqual(['48W00000WLNYO-4-', '48W00001WLNYO-4R']);
    expect({ ...twice[0], eic: null }).toEqual({ ...twice[1], eic: null });
    expect(units.filter(({ fuelType }) => fuelType === 'WIND').length).toBe(247);
    const withoutId = units.filter(({ fuelType, elexonBmUnit }) => fuelType === 'WIND' && elexonBmUnit === null);
    expect(withoutId.length).toBe(33);
    for (const id of ['2__BLOND003', '2__LECOT003', 'E_KHLLW-1']) {
      expect(units.find(({ elexonBmUnit }) => elexonBmUnit === id)).toMatchObject({ fuelType: null });
    }
  });
});

describe('physical notifications', () => {
  const path = (query: string) => `/balancing/physical/all?dataset=PN&${query}`;

  withSamples(`have the fields of recorded rows${skipped}`, async () => {
    const { data } = (await simulator.json(path('settlementDate=2025-05-26&settlementPeriod=24'))) as Rows;
    expectShapeOf(data, sampleOf('datasets-PN_2026-05-06_sp24.json'), ['bmUnit']);
  });

  it('cover at least the energy by which a unit is turned down', async () => {
    const bids = await simulator.stack('bid', '2025-05-26', 24);
    const farm = bids.find(({ id, soFlag, volume }) => id.startsWith('T_SGRWO') && soFlag && volume < 0)?.id ?? '';
    const curtailedMwh = bids.reduce((sum, row) => sum - (row.id === farm && row.soFlag ? row.volume : 0), 0);
    const { data } = (await simulator.json(
      path(`settlementDate=2025-05-26&settlementPeriod=24&bmUnit=${farm}`),
    )) as Rows;
    const notifiedMwh = data.reduce((sum, row) => {
      const hours = (Date.parse(String(row.timeTo)) - Date.parse(String(row.timeFrom))) / 3_600_000;
      return sum + ((Number(row.levelFrom) + Number(row.levelTo)) / 2) * hours;
    }, 0);
    expect(curtailedMwh).toBeGreaterThan(0);
    expect(notifiedMwh).toBeGreaterThanOrEqual(curtailedMwh);
  });

  it('are 200 without rows for a period that the day lacks, and 400 without a period', async () => {
    const { data } = (await simulator.json(path('settlementDate=2026-03-29&settlementPeriod=47'))) as Rows;
    expect(data).toEqual([]);
    expect((await simulator.get(path('settlementDate=2026-03-29'))).status).toBe(400);
  });
});

describe('wind and solar generation', () => {
  const path = (from: string, to: string) => `/generation/actual/per-type/wind-and-solar?from=${from}&to=${to}`;

  withSamples(`has the fields of recorded rows${skipped}`, async () => {
    const { data } = (await simulator.json(path('2025-05-26', '2025-05-27'))) as Rows;
    expectShapeOf(data, sampleOf('generation-per-type-wind-and-solar_2023-07-21_sp12.json'));
  });

  it('has three rows for each period that starts in the window', async () => {
    const { data } = (await simulator.json(path('2025-05-25T23:00Z', '2025-05-26T22:30Z'))) as Rows;
    const keys = new Set(data.map(({ settlementPeriod, psrType }) => [settlementPeriod, psrType].join()));
    expect(keys.size).toBe(48 * 3);
    expect(new Set(data.map(({ settlementDate }) => settlementDate))).toEqual(new Set(['2025-05-26']));
  });

  it('has output in the range of the recorded one, offshore above onshore, and no two periods alike', async () => {
    const { data } = (await simulator.json(path('2025-05-25T23:00Z', '2025-05-26T22:30Z'))) as Rows;
    // A windy day: the recorded period 21 of 2025-01-01 has 7,485 MW onshore and 11,712 MW offshore.
    for (const [psrType, least, most] of [
      ['Wind Onshore', 4_000, 10_000],
      ['Wind Offshore', 5_900, 14_000],
    ] as const) {
      const output = data.filter((row) => row.psrType === psrType).map(({ quantity }) => Number(quantity));
      expect(Math.min(...output)).toBeGreaterThan(least);
      expect(Math.max(...output)).toBeLessThan(most);
      expect(new Set(output).size).toBe(output.length);
    }
  });

  it.each([
    ['2026-03-29', 46],
    ['2025-10-26', 50],
  ])('covers the periods of %s', async (date, periods) => {
    const { startAt, endAt } = dayBoundsAt(date);
    const { data } = (await simulator.json(path(startAt, endAt))) as Rows;
    const ofDay = data.filter(({ settlementDate }) => settlementDate === date);
    expect(new Set(ofDay.map(({ settlementPeriod }) => settlementPeriod)).size).toBe(periods);
  });

  it('has a revision beside what it revises, published later unless it says when, until it is undone', async () => {
    const place = { settlementDate: '2025-05-26', settlementPeriod: 7, psrType: 'Wind Onshore' };
    const published = async () => {
      const { data } = (await simulator.json(path('2025-05-25T23:00Z', '2025-05-26T22:30Z'))) as Rows;
      return data
        .filter((row) => row.settlementPeriod === 7 && row.psrType === place.psrType)
        .map(({ quantity, publishTime }) => ({ quantity, publishTime: String(publishTime) }));
    };
    const before = await published();
    const revise = (change: object) => simulator.control('wind-revisions', { ...place, ...change });
    expect((await revise({ quantity: 1 })).status).toBe(201);
    expect((await revise({ quantity: 2, publishTime: '2025-05-20T00:00:00Z' })).status).toBe(201);
    const after = await published();
    expect(after.slice(-before.length)).toEqual(before);
    const latest = after.toSorted((a, b) => a.publishTime.localeCompare(b.publishTime)).at(-1);
    expect(latest?.quantity).toBe(1);
    expect(after).toContainEqual({ quantity: 2, publishTime: '2025-05-20T00:00:00Z' });
    expect((await revise({ quantity: 1, settlementPeriod: 49 })).status).toBe(400);
    await simulator.clear('wind-revisions');
    expect(await published()).toEqual(before);
  });

  it('can lose rows, and fail for the windows that hold a date', async () => {
    const day = path('2025-05-25T23:00:00Z', '2025-05-26T23:00:00Z');
    await simulator.control('faults', {
      kind: 'removed-rows',
      endpoint: 'wind-and-solar',
      rows: { settlementDate: '2025-05-26', settlementPeriod: 7, psrType: 'Wind Onshore' },
    });
    const { data } = (await simulator.json(day)) as Rows;
    const left = data.filter((row) => row.settlementDate === '2025-05-26' && row.settlementPeriod === 7);
    expect(new Set(left.map(({ psrType }) => psrType))).toEqual(new Set(['Wind Offshore', 'Solar']));
    await simulator.clear('faults');

    await simulator.control('faults', { kind: 'status', status: 503, endpoint: 'wind-and-solar', date: '2025-05-26' });
    expect((await simulator.get(day)).status).toBe(503);
    expect((await simulator.get(path('2025-05-23T23:00:00Z', '2025-05-28T23:00:00Z'))).status).toBe(503);
    // This window ends where the day begins.
    expect((await simulator.get(path('2025-05-24T23:00:00Z', '2025-05-25T23:00:00Z'))).status).toBe(200);
    await simulator.clear('faults');
  });

  it('refuses more than 7 days', async () => {
    expect((await simulator.get(path('2025-05-01', '2025-05-08'))).status).toBe(200);
    expect((await simulator.get(path('2025-05-01', '2025-05-09'))).status).toBe(400);
  });
});

describe('system prices', () => {
  withSamples(`have the fields of recorded rows${skipped}`, async () => {
    const { data } = (await simulator.json('/balancing/settlement/system-prices/2025-05-26')) as Rows;
    const sample = [
      ...sampleOf('system-prices_2024-02-01_sp1.json'),
      ...sampleOf('system-prices_2026-05-06_sp1-2.json'),
    ];
    expectShapeOf(data, sample);
  });

  it.each([
    ['2026-03-29', 46],
    ['2025-10-26', 50],
  ])('have a row for each period of %s, with the stamp and the volume of its stack', async (date, periods) => {
    const { data } = (await simulator.json(`/balancing/settlement/system-prices/${date}`)) as Rows;
    expect(data.length).toBe(periods);
    const stack = await simulator.stack('bid', date, periods);
    const accepted = stack.filter(({ acceptanceId }) => acceptanceId !== null);
    const last = data.at(-1);
    expect(last?.createdDateTime).toBe(stack[0]?.createdDateTime);
    expect(last?.totalAcceptedBidVolume).toBeCloseTo(
      accepted.reduce((sum, { volume }) => sum + volume, 0),
      6,
    );
  });
});

describe('what was asked', () => {
  it('is counted by path and status, with the most at once, until it is reset', async () => {
    await simulator.clear('requests');
    const askedAtMs = Date.now();
    const path = '/balancing/settlement/stack/all/bid/2025-05-26/3';
    await simulator.control('faults', { kind: 'stall', times: 3 });
    const giveUp = new AbortController();
    const asked = [1, 2, 3].map(async () => (await simulator.get(path, { signal: giveUp.signal })).arrayBuffer());
    await simulator.requestsWhen(3);
    giveUp.abort();
    await Promise.allSettled(asked);
    await simulator.requestsWhen(0);
    await simulator.clear('faults');

    await (await simulator.get(path)).arrayBuffer();
    await (await simulator.get('/balancing/settlement/stack/all/bid/2026-03-29/47')).arrayBuffer();
    const { byMinute, ...counts } = await simulator.requestsWhen(0);
    expect(Object.values(byMinute).reduce((sum, count) => sum + count, 0)).toBe(5);
    const begun = Object.keys(byMinute).sort();
    expect(begun[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/);
    expect(Date.parse(`${begun[0] ?? ''}:59.999Z`)).toBeGreaterThanOrEqual(askedAtMs);
    expect(Date.parse(`${begun.at(-1) ?? ''}:00Z`)).toBeLessThanOrEqual(Date.now());
    expect(counts).toEqual({
      total: 5,
      inFlight: 0,
      maxConcurrency: 3,
      byStatus: { 200: 1, 404: 1, 'cut-off': 3 },
      paths: {
        [`/bmrs/api/v1${path}`]: { 200: 1, 'cut-off': 3 },
        '/bmrs/api/v1/balancing/settlement/stack/all/bid/2026-03-29/47': { 404: 1 },
      },
    });
    await simulator.clear('requests');
    expect((await simulator.requests()).total).toBe(0);
  });

  it('is forgotten also of a request that is still open when it is reset', async () => {
    await simulator.control('faults', { kind: 'stall', times: 1 });
    const giveUp = new AbortController();
    const path = '/balancing/settlement/stack/all/bid/2025-05-26/3';
    const asked = (async () => (await simulator.get(path, { signal: giveUp.signal })).arrayBuffer())();
    await simulator.requestsWhen(1);
    await simulator.clear('requests');
    giveUp.abort();
    await expect(asked).rejects.toThrow('aborted');
    expect(await simulator.requestsWhen(0)).toMatchObject({ total: 0, maxConcurrency: 1, paths: {} });
    await simulator.clear('faults');
  });

  it('is healthy', async () => {
    expect((await simulator.get('/health')).status).toBe(200);
  });
});
