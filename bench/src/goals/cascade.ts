import {
  Database,
  type Executor,
  preferHashJoins,
  rebuildBitcoinDailySummaries,
  rebuildDailySummaries,
  rebuildMonthlySummaries,
  rebuildYearlySummaries,
} from '@app/database';
import { monthOf, yearOf } from '@app/domain';
import { BUSY_DAY, BUSY_MONTH } from '../days.js';
import { interleaved, timed } from '../measure.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';

/** Undoes what was done to be timed. */
class TakenBack extends Error {}

/** Goal 12: day, month and year after a change in one day. Needs the busy month in the tables. */
export async function cascade(platform: Platform, repetitions: number, dayMs: number): Promise<Line[]> {
  const database = new Database({ url: platform.databaseUrl, applicationName: 'bench' });
  const ms = await interleaved(repetitions, {
    ours: () => withoutOneFarm(database, (transaction) => rebuild(transaction)),
    fromBase: () => withoutOneFarm(database, (transaction) => sumFromBase(transaction)),
  });
  await database.close();
  const line = { goal: 12, what: 'day, month and year after a change', ours: ms.ours, unit: 'ms' } as const;
  return [
    {
      ...line,
      yardstick: { what: 'sums from base rows', value: ms.fromBase, ratio: 'ours ÷ it' },
      bar: { atMost: 0.15 },
    },
    { ...line, yardstick: { what: 'the whole day', value: dayMs, ratio: 'ours ÷ it' }, stretch: { atMost: 0.1 } },
  ];
}

/** Takes a farm out of the busy day, times the work, and takes both back. */
async function withoutOneFarm(database: Database, work: (transaction: Executor) => Promise<void>): Promise<number> {
  let ms = 0;
  const attempt = database.transaction(async (transaction) => {
    const farm = '(select min(farm_id) from ingestion.curtailment_records where settlement_date = $1)';
    for (const table of ['calculation.historical_bitcoin_calculations', 'ingestion.curtailment_records']) {
      await transaction.query(`delete from ${table} where settlement_date = $1 and farm_id = ${farm}`, [BUSY_DAY]);
    }
    // As the aggregator's connections are: without it the planner takes a nested loop where it has no statistics of the day yet.
    await preferHashJoins(transaction);
    ms = await timed(() => work(transaction));
    throw new TakenBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return ms;
}

async function rebuild(transaction: Executor): Promise<void> {
  await rebuildDailySummaries(transaction, [BUSY_DAY]);
  await rebuildBitcoinDailySummaries(transaction, [BUSY_DAY]);
  await rebuildMonthlySummaries(transaction, [monthOf(BUSY_DAY)]);
  await rebuildYearlySummaries(transaction, [yearOf(BUSY_DAY)]);
}

/** The same sums by farm, lead party and model, of which the totals follow; all from records and calculations, and none stored. */
async function sumFromBase(transaction: Executor): Promise<void> {
  const month = BUSY_MONTH;
  const year = yearOf(BUSY_DAY);
  for (const [from, to] of [
    [BUSY_DAY, BUSY_DAY],
    [month.at(0), month.at(-1)],
    [`${year}-01-01`, `${year}-12-31`],
  ]) {
    await transaction.query(
      `select farm_id, lead_party, -sum(volume_mwh), sum(original_price_gbp_per_mwh * volume_mwh),
              sum(abs(original_price_gbp_per_mwh * volume_mwh))
       from ingestion.curtailment_records where settlement_date between $1 and $2
       group by farm_id, lead_party`,
      [from, to],
    );
    await transaction.query(
      `with lead as (
         select settlement_date, settlement_period, farm_id, min(lead_party) as lead_party
         from ingestion.curtailment_records where settlement_date between $1 and $2
         group by settlement_date, settlement_period, farm_id
       )
       select farm_id, lead_party, miner_model, sum(potential_btc)
       from calculation.historical_bitcoin_calculations
       join lead using (settlement_date, settlement_period, farm_id)
       where settlement_date between $1 and $2
       group by farm_id, lead_party, miner_model`,
      [from, to],
    );
  }
}
