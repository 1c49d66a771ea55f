import { type DayGap } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, ingest, outcome, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { run } from '../../executor.js';
import { findDayGaps } from './find-day-gaps.js';

describe('what days lack', () => {
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
  });
  afterAll(() => owner.close());

  /** Two farms in one period: six calculations. */
  async function store(date: string, periods: ReturnType<typeof outcome>[] = []): Promise<void> {
    const records = [record(date), record(date, { farmId: 'T_MOWEO-1' })];
    await ingest(owner, date, records, { periods });
  }
  async function complete(date: string, periods: ReturnType<typeof outcome>[] = []): Promise<void> {
    await store(date, periods);
    await calculate(owner, [date]);
    await aggregate(owner, [date]);
  }
  async function gaps(from: string | null, today: string, unsettledFrom = today): Promise<DayGap[]> {
    const found = await findDayGaps(owner, from, today, unsettledFrom);
    return found.sort((a, b) => (a.settlementDate < b.settlementDate ? -1 : 1));
  }
  const gap = (settlementDate: string, changes: Partial<DayGap> = {}): DayGap => ({
    settlementDate,
    loadedPeriods: 48,
    unsettledPeriods: 0,
    expectedCalculations: 6,
    wrongCalculations: 0,
    ...changes,
  });
  const unstored = { expectedCalculations: 0, wrongCalculations: 0 };

  it('is what is unknown, miscounted or behind, of each stored day that is not complete', async () => {
    const calculations = 'calculation.historical_bitcoin_calculations';
    await complete('2025-06-01');
    await complete('2025-06-02', [outcome(3, 'failed'), outcome(4, 'not-fetched'), outcome(48, 'not-settled')]);
    await complete('2025-06-03');
    await run(owner, `delete from ${calculations} where settlement_date = $1 and miner_model = 'S9'`, ['2025-06-03']);
    await complete('2025-06-04');
    await run(
      owner,
      `insert into ${calculations} select settlement_date, 9, farm_id, miner_model, curtailed_mwh, difficulty, block_subsidy_btc,
              hashrate_ths, power_w, formula_version, potential_btc from ${calculations} where settlement_date = $1 and miner_model = 'S9'`,
      ['2025-06-04'],
    );
    await store('2025-06-05');
    await store('2025-06-06');
    await calculate(owner, ['2025-06-06']);
    await store('2025-06-07');
    await calculate(owner, ['2025-06-07'], { blocked: 'No difficulty' });
    await aggregate(owner, ['2025-06-07']);
    const failed = Array.from({ length: 48 }, (_, index) => outcome(index + 1, 'failed'));
    await ingest(owner, '2025-06-08', [], { periods: failed, contentChanged: false });
    // Today, as it ought to be, and as it ought not.
    await complete('2025-06-09', [outcome(47, 'not-settled'), outcome(48, 'not-settled')]);

    const stored = [
      gap('2025-06-02', { loadedPeriods: 45 }),
      gap('2025-06-03', { wrongCalculations: 2 }),
      gap('2025-06-04', { wrongCalculations: 2 }),
      gap('2025-06-05', { wrongCalculations: 6 }),
      gap('2025-06-06'),
      gap('2025-06-08', { loadedPeriods: 0, ...unstored }),
    ];
    expect(await gaps(null, '2025-06-09')).toEqual(stored);
    await store('2025-06-09', [outcome(46, 'failed'), outcome(47, 'not-settled'), outcome(48, 'not-settled')]);
    expect(await gaps(null, '2025-06-09')).toEqual([
      ...stored,
      gap('2025-06-09', { loadedPeriods: 45, unsettledPeriods: 2 }),
    ]);
    // So it is for some minutes after midnight; a day later these two are missing as well.
    expect((await gaps(null, '2025-06-10', '2025-06-09')).at(-1)).toMatchObject({ unsettledPeriods: 2 });
    expect((await gaps(null, '2025-06-10')).at(-1)).toEqual(gap('2025-06-09', { loadedPeriods: 45 }));
  });

  it('is all of each date that was never fetched, from the first wanted one to yesterday', async () => {
    const dates = (await gaps('2025-05-30', '2025-06-12')).filter((found) => found.loadedPeriods === 0);
    const never = ['2025-05-30', '2025-05-31', '2025-06-08', '2025-06-10', '2025-06-11'];
    expect(dates).toEqual(never.map((date) => gap(date, { loadedPeriods: 0, ...unstored })));
  });
});
