import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, ingest, outcome, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { type Executor, rowOf, rowsOf, run } from '../../executor.js';
import { findStatus } from './find-status.js';

describe('what the ledgers of a month add up to', () => {
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
  });
  afterAll(() => owner.close());

  async function complete(executor: Executor, date: string): Promise<void> {
    await ingest(executor, date, [record(date), record(date, { settlementPeriod: 2 })]);
    await calculate(executor, [date]);
    await aggregate(executor, [date]);
  }

  async function month(first: string): Promise<unknown> {
    const [row] = await rowsOf(
      owner,
      `select combinations, absent, partial, blocked, provisional, complete,
              (select json_object_agg(miner_model, calculations) from reconciliation.month_calculations c where c.month = d.month)
                as calculations
       from reconciliation.month_days d where month = $1`,
      [first],
    );
    return row;
  }

  const all = (calculations: number) => ({ M20S: calculations, S19J_PRO: calculations, S9: calculations });
  const none = { absent: 0, partial: 0, blocked: 0, provisional: 0, complete: 0 };

  it('is counted when a day is ingested, calculated and summarised', async () => {
    await ingest(owner, '2024-01-05', [record('2024-01-05')]);
    expect(await month('2024-01-01')).toEqual({ ...none, combinations: 1, partial: 1, calculations: all(0) });
    await calculate(owner, ['2024-01-05']);
    expect(await month('2024-01-01')).toEqual({ ...none, combinations: 1, partial: 1, calculations: all(1) });
    await aggregate(owner, ['2024-01-05']);
    expect(await month('2024-01-01')).toEqual({ ...none, combinations: 1, complete: 1, calculations: all(1) });
  });

  it('is counted for every month of a transaction, and not when it is rolled back', async () => {
    const dates = ['2024-02-29', '2024-03-01'];
    await owner.transaction(async (transaction) => {
      for (const date of dates) await complete(transaction, date);
    });
    for (const first of ['2024-02-01', '2024-03-01'])
      expect(await month(first)).toEqual({ ...none, combinations: 2, complete: 1, calculations: all(2) });
    const refused = owner.transaction(async (transaction) => {
      await complete(transaction, '2024-03-02');
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await month('2024-03-01')).toMatchObject({ combinations: 2, complete: 1 });
  });

  it('follows a change by hand, of a row or of a ledger', async () => {
    await complete(owner, '2024-04-01');
    await run(
      owner,
      `delete from calculation.historical_bitcoin_calculations where settlement_date = '2024-04-01' and settlement_period = 2 and miner_model = 'S9'`,
    );
    expect(await month('2024-04-01')).toEqual({
      ...none,
      combinations: 2,
      partial: 1,
      calculations: { ...all(2), S9: 1 },
    });
    await run(owner, `delete from summary.aggregated_days where settlement_date = '2024-04-01'`);
    await run(owner, `delete from calculation.calculated_days where settlement_date = '2024-04-01'`);
    await run(
      owner,
      `update ingestion.settlement_days set revision = null, combinations = 0 where settlement_date = '2024-04-01'`,
    );
    expect(await month('2024-04-01')).toMatchObject({ ...none, combinations: 0, absent: 1 });
  });

  it('misses nothing when days of one month are committed at the same time', async () => {
    const dates = Array.from({ length: 20 }, (_, index) => `2024-05-${String(index + 1).padStart(2, '0')}`);
    await Promise.all(dates.map((date) => owner.transaction((transaction) => complete(transaction, date))));
    expect(await month('2024-05-01')).toEqual({ ...none, combinations: 40, complete: 20, calculations: all(40) });
  });

  it('misses nothing when two steps of one day are committed at the same time', async () => {
    await complete(owner, '2024-06-01');
    await ingest(owner, '2024-06-01', [record('2024-06-01')], {
      periods: [outcome(7, 'failed')],
    });
    // The period arrives in a transaction that began before the day was calculated, and ends after it.
    let calculated = (): void => undefined;
    const waited = new Promise<void>((resolve) => (calculated = resolve));
    const arriving = owner.transaction(async (transaction) => {
      await run(
        transaction,
        `update ingestion.settlement_days set periods_loaded = periods_expected where settlement_date = '2024-06-01'`,
      );
      await waited;
    });
    await calculate(owner, ['2024-06-01']);
    await aggregate(owner, ['2024-06-01']);
    calculated();
    await arriving;
    expect(await month('2024-06-01')).toMatchObject({ ...none, combinations: 1, complete: 1 });
  });

  it('makes every month incomplete when a miner model is added', async () => {
    const before = await findStatus(owner, null);
    await run(owner, `insert into calculation.miner_models values ('S21', 4, 200, 3500, 'spec')`);
    const added = await findStatus(owner, null);
    expect(added.days.complete).toBe(0);
    expect(added.days.partial).toBe(before.days.partial + before.days.complete);
    expect(added.models.at(-1)).toEqual({ minerModel: 'S21', actual: 0 });
    await run(owner, `delete from calculation.miner_models where miner_model = 'S21'`);
    expect(await findStatus(owner, null)).toEqual(before);
  });

  it('is what the ledgers say, day by day', async () => {
    const { differs } = await rowOf<{ differs: boolean }>(
      owner,
      `select exists (
         select from reconciliation.month_days m
         full join (
           select date_trunc('month', settlement_date)::date as month, sum(combinations) as combinations,
                  count(*) filter (where state = 'partial') as partial, count(*) filter (where state = 'complete') as complete
           from reconciliation.day_states group by 1
         ) d using (month)
         where (m.combinations, m.partial, m.complete) is distinct from (d.combinations, d.partial, d.complete)) as differs`,
    );
    expect(differs).toBe(false);
  });

  it('is gone when the ledgers are emptied', async () => {
    await run(
      owner,
      'truncate ingestion.settlement_days, ingestion.settlement_periods, ingestion.curtailment_records, calculation.calculation_counts',
    );
    expect((await findStatus(owner, null)).days).toEqual(none);
  });
});
