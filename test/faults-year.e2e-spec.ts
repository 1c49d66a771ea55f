import { beforeAll, describe, expect, it } from '@jest/globals';
import { settlementDatesBetween, settlementPeriodsOf } from '@app/domain';
import { eventually } from '@app/testing';
import { type CurtailedRow, figuresOf, pickFigures } from './curtailed-rows.js';
import { lightCurtailments, lightDays } from './light-days.js';
import { Decimal } from './mining-arithmetic.js';
import { type Stack, startStack } from './stack.js';

/** A leap year; with the days of 46 and of 50 periods, and the one on which the block subsidy was halved. */
const [from, to] = ['2024-01-01', '2024-12-31'];
const dates = settlementDatesBetween(from, to);
const PERIODS = 366 * 48;

const REQUESTS_PER_MINUTE = 15_000;
/** All of them share the budget. */
const INGESTERS = 3;
const CONCURRENCY = 4;

/**
 * Each rule spoils its part of what those before it left alone: 1 − 0.928^3 is 20 % of all requests, and on two days, where a
 * refusal holds back all requests of an ingester for a second, some more.
 */
const faults = [
  { kind: 'status', status: 429, probability: 0.072 },
  { kind: 'status', status: 500, probability: 0.072 },
  { kind: 'status', status: 503, probability: 0.072 },
  { kind: 'status', status: 429, retryAfter: { seconds: 1 }, from: '2024-06-01', to: '2024-06-02', probability: 0.05 },
];

describe('A range of a year', () => {
  let stack: Stack;
  let rowsByDate: Map<string, CurtailedRow[]>;

  beforeAll(async () => {
    const serviceEnv = {
      ELEXON_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
      ELEXON_MAX_CONCURRENCY: String(CONCURRENCY),
    };
    stack = await startStack(lightDays(from, to), undefined, serviceEnv);
    for (let another = 1; another < INGESTERS; another += 1) await stack.startAnother('ingestion');
    rowsByDate = await expectedRows(stack);
    await stack.simulator.forgetRequests();
  }, 120_000);

  it('is complete from a source that fails one request in five, within the budget of requests', async () => {
    for (const fault of faults) await stack.simulator.spoil(fault);
    const range = { kind: 'range', from, to, batchSize: 4 * INGESTERS } as const;
    expect(await stack.gateway.run(range, 400_000)).toMatchObject({
      state: 'completed',
      totals: { items: 366, completed: 366 },
    });
    const { total, byStatus, byMinute, paths, maxConcurrency } = await stack.simulator.requests();

    const failed = 1 - (byStatus['200'] ?? 0) / total;
    expect(failed).toBeGreaterThan(0.18);
    expect(failed).toBeLessThan(0.22);
    // Each period once, and nobody asks again for what was answered; the register by each ingester.
    const answeredAgain = Object.entries(paths).filter(([, answers]) => (answers['200'] ?? 0) > 1);
    expect(answeredAgain.filter(([path]) => !path.endsWith('/bmunits/all'))).toEqual([]);
    expect(byStatus['200']).toBeGreaterThanOrEqual(PERIODS);
    expect(byStatus['200']).toBeLessThanOrEqual(PERIODS + INGESTERS);
    expect(maxConcurrency).toBeLessThanOrEqual(INGESTERS * CONCURRENCY);
    // What was allowed in the last moment of a minute may arrive in the first of the next.
    for (const requests of Object.values(byMinute))
      expect(requests).toBeLessThanOrEqual(REQUESTS_PER_MINUTE + INGESTERS * CONCURRENCY);
    const [granted] = (await stack.owner.query(
      'select max(granted) as most, sum(granted)::integer as total from ingestion.request_grants',
    )) as { most: number; total: number }[];
    expect(granted?.most).toBeLessThanOrEqual(REQUESTS_PER_MINUTE);
    expect(granted?.total).toBeGreaterThanOrEqual(total);
  }, 500_000);

  it('has no empty day, and the figures of what the source holds', async () => {
    for (const date of dates) {
      const rows = rowsByDate.get(date) ?? [];
      const periods = settlementPeriodsOf(date);
      const day = await eventually(async () => {
        const served = await stack.gateway.daily(date);
        expect(served).toMatchObject({ settlementDate: date, state: 'complete', missing: [], records: rows.length });
        return served;
      });
      expect(day).toMatchObject({ periodsExpected: periods, periodsLoaded: periods });
      expect({ date, ...pickFigures(day) }).toEqual({ date, ...figuresOf(rows) });
    }
    const year = await stack.gateway.yearly('2024');
    expect(year).toMatchObject({ state: 'complete', missing: [], daysExpected: 366, daysComplete: 366 });
    expect(pickFigures(year)).toEqual(figuresOf([...rowsByDate.values()].flat()));
  }, 120_000);
});

/** What the recording says of each day, at the prices that the source tells: a farm asks for the same all day. */
async function expectedRows({ simulator }: Stack): Promise<Map<string, CurtailedRow[]>> {
  const rows = new Map<string, CurtailedRow[]>();
  const farms = new Map<string, CurtailedRow>();
  for (const { date, period, unit, megawatts } of lightCurtailments(from, to)) {
    const known = rows.get(date);
    if (known === undefined) {
      for (const farm of await simulator.curtailedRows(date, 1)) farms.set(`${date} ${farm.farmId}`, farm);
    }
    const farm = farms.get(`${date} T_${unit}`);
    if (farm === undefined) throw new Error(`${unit} is not curtailed in the first period of ${date}`);
    const row = { ...farm, settlementPeriod: period, mwh: new Decimal(megawatts).times('0.5') };
    rows.set(date, [...(known ?? []), row]);
  }
  return rows;
}
