import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { storeDay } from '../../test/stored-day.js';
import { status, type Status } from './status.dto.js';

const farm = { farmId: 'T_VKNGW-1', leadParty: 'Viking' };
/** Noon in London: of this day's periods, 1 to 24 have ended, 24 just now. */
const noon = '2025-06-15T11:10:00.000Z';

describe('status and coverage', () => {
  let gateway: NestFastifyApplication;
  let bounded: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    const records = [1, 2, 3].map((period) => ({ period, ...farm, volumeMwh: '-1', price: '-1' }));
    await storeDay(owner, { date: '2025-06-09', records });
    await storeDay(owner, { date: '2025-06-10', records, final: false });
    await storeDay(owner, { date: '2025-06-11', records, blocked: 'No difficulty for 2025-06-11' });
    await storeDay(owner, { date: '2025-06-12', records, derived: 'ingested' });
    await storeDay(owner, { date: '2025-06-13', records: records.slice(0, 1), failed: { 9: 'HTTP 500, 5 attempts' } });
    const late = Array.from({ length: 28 }, (_, index) => index + 21);
    await storeDay(owner, { date: '2025-06-15', notSettled: late, final: false });
    gateway = await startGateway(env, noon);
    bounded = await startGateway({ ...env, COVERAGE_FROM: '2025-06-08' }, noon);
  });
  afterAll(async () => {
    await gateway.close();
    await bounded.close();
    await owner.close();
  });

  async function statusOf(app: NestFastifyApplication): Promise<Status> {
    return status.strict().parse((await app.inject({ url: '/api/reconciliation/status' })).json());
  }

  it('counts calculations against combinations, and rounds the percentage down', async () => {
    // 4 days of 3 combinations and one of 1; the blocked and the underived day have no calculations: 7 of 13 for each model
    expect(await statusOf(gateway)).toMatchObject({
      combinations: 13,
      expectedCalculations: 39,
      actualCalculations: 21,
      percentage: 53.84,
      models: [
        { minerModel: 'S19J_PRO', expected: 13, actual: 7 },
        { minerModel: 'S9', expected: 13, actual: 7 },
        { minerModel: 'M20S', expected: 13, actual: 7 },
      ],
      days: { complete: 1, provisional: 1, blocked: 1, partial: 3, absent: 0 },
      asOfAt: noon,
    });
  });

  it('names the newest gaps with their causes, among them periods that have settled since', async () => {
    const gaps = (await statusOf(gateway)).newestGaps.map((gap) => [
      gap.settlementDate,
      gap.cause,
      gap.periods,
      gap.repair,
    ]);
    expect(gaps).toEqual([
      // Period 23 ended at 10:30Z and is published by 10:50Z; what was not settled then has been since.
      ['2025-06-15', 'not-fetched', [21, 22, 23], 'windfall date 2025-06-15'],
      ['2025-06-13', 'fetch-failed', [9], 'windfall date 2025-06-13'],
      ['2025-06-12', 'not-calculated', [], 'windfall date 2025-06-12'],
      ['2025-06-11', 'difficulty-missing', [1, 2], 'windfall difficulty add HEIGHT INSTANT DIFFICULTY'],
    ]);
  });

  it('counts dates that ought to be there as absent, from COVERAGE_FROM to yesterday', async () => {
    const { days, newestGaps } = await statusOf(bounded);
    expect(days.absent).toBe(2);
    expect(newestGaps[1]).toMatchObject({
      settlementDate: '2025-06-14',
      cause: 'not-fetched',
      repair: 'windfall date 2025-06-14',
    });
    expect(newestGaps.at(-1)).toMatchObject({ settlementDate: '2025-06-08', cause: 'not-fetched' });
    expect(newestGaps[1]?.periods).toHaveLength(48);
  });

  it('covers every date asked for with its state and what it lacks', async () => {
    const response = await gateway.inject({ url: '/api/coverage?from=2025-06-11&to=2025-06-16' });
    const { items }: { items: Record<string, unknown>[] } = response.json();
    const lacks = (item: Record<string, unknown>) =>
      (item.missing as { cause: string; periods: number[] }[]).map(({ cause, periods }) => [cause, periods.length]);
    expect(items.map((item) => [item.settlementDate, item.state, item.periodsLoaded, lacks(item)])).toEqual([
      ['2025-06-11', 'blocked', 48, [['difficulty-missing', 2]]],
      ['2025-06-12', 'partial', 48, [['not-calculated', 0]]],
      ['2025-06-13', 'partial', 47, [['fetch-failed', 1]]],
      ['2025-06-14', 'absent', 0, [['not-fetched', 48]]],
      // Period 23 ended at 10:30Z and is published by 10:50Z; period 24 ended at 11:00Z and is not due yet.
      [
        '2025-06-15',
        'partial',
        20,
        [
          ['not-fetched', 3],
          ['not-settled', 25],
        ],
      ],
      ['2025-06-16', 'absent', 0, [['not-settled', 48]]],
    ]);
  });
});
