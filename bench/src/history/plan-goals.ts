import {
  type Executor,
  findMinerModels,
  preferHashJoins,
  rebuildBitcoinDailySummaries,
  rebuildDailySummaries,
  rebuildMonthlySummaries,
  replaceCalculations,
} from '@app/database';
import { bitcoinFactorsOf, datesOfMonth, FORMULA_VERSION, monthOf } from '@app/domain';
import { median, timed } from '../measure.js';
import { type Platform } from '../platform.js';
import { type Line } from '../report.js';
import { type HistoryDay } from './history-days.js';
import { type OldPlatform } from './old-platform.js';

class TakenBack extends Error {}

type Statements = Record<string, (transaction: Executor) => Promise<unknown>>;

/**
 * Goal 19: the bulk statements on the busiest month, with statistics of a history a sixth as long, with fresh ones and with
 * none, against the best plan with fresh ones. Begins with the stale statistics, and ends with fresh ones.
 */
export async function planGoals(
  platform: Platform,
  history: OldPlatform,
  days: readonly HistoryDay[],
  repetitions: number,
): Promise<Line[]> {
  const month = busiestMonth(days);
  const statements = await statementsOf(history, month);
  const measure = async (settings: (transaction: Executor) => Promise<unknown>): Promise<Map<string, number>> => {
    const ms = new Map<string, number>();
    for (const [name, statement] of Object.entries(statements)) {
      const taken: number[] = [];
      for (let repetition = 0; repetition < repetitions; repetition += 1) {
        taken.push(await takenBack(history, month, name, settings, statement));
      }
      ms.set(name, median(taken));
    }
    return ms;
  };
  const ours: Map<string, number>[] = [await measure(preferHashJoins)];
  await platform.owner.query('analyze');
  ours.push(await measure(preferHashJoins));
  const others = [
    await measure((transaction) => transaction.query(`select set_config('work_mem', '64MB', true)`)),
    await measure(async (transaction) => {
      await preferHashJoins(transaction);
      await transaction.query(`select set_config('enable_mergejoin', 'on', true)`);
    }),
  ];
  await forgetStatistics(platform);
  ours.push(await measure(preferHashJoins));
  await platform.owner.query('analyze');
  return Object.keys(statements).map((name) => ({
    goal: 19,
    what: `${name}, worst of stale, fresh and no statistics`,
    ours: Math.max(...ours.map((ms) => ms.get(name) ?? Infinity)),
    unit: 'ms',
    yardstick: {
      what: 'best plan',
      value: Math.min(...[...ours, ...others].map((ms) => ms.get(name) ?? Infinity)),
      ratio: 'ours ÷ it',
    },
    bar: { atMost: 3 },
  }));
}

function busiestMonth(days: readonly HistoryDay[]): string {
  const sizes = new Map<string, number>();
  for (const { settlementDate, combinations } of days) {
    const month = monthOf(settlementDate);
    sizes.set(month, (sizes.get(month) ?? 0) + combinations);
  }
  const [busiest] = [...sizes].sort((a, b) => b[1] - a[1]);
  return busiest?.[0] ?? '';
}

async function statementsOf(history: OldPlatform, month: string): Promise<Statements> {
  const dates = datesOfMonth(month);
  const epoch = {
    fromPeriod: 1,
    toPeriod: 50,
    difficulty: '121658450774825',
    blockSubsidyBtc: '3.125',
    provisional: false,
  };
  const mining = dates.map((settlementDate) => ({
    settlementDate,
    mining: { blocked: false as const, epochs: [epoch] },
  }));
  const factors = bitcoinFactorsOf(mining, await findMinerModels(history.database));
  return {
    'inserting all calculations': (transaction) => replaceCalculations(transaction, dates, factors, FORMULA_VERSION),
    'replacing all calculations': (transaction) => replaceCalculations(transaction, dates, factors, FORMULA_VERSION),
    'summing energy and payment': (transaction) => rebuildDailySummaries(transaction, dates),
    'summing bitcoin': (transaction) => rebuildBitcoinDailySummaries(transaction, dates),
    'summing the month': (transaction) => rebuildMonthlySummaries(transaction, [month]),
  };
}

/** Times a statement on a month of which nothing is derived, or all calculations for the sums, and takes it back. */
async function takenBack(
  history: OldPlatform,
  month: string,
  name: string,
  settings: (transaction: Executor) => Promise<unknown>,
  statement: (transaction: Executor) => Promise<unknown>,
): Promise<number> {
  let ms = 0;
  const attempt = history.database.transaction(async (transaction) => {
    if (name.startsWith('inserting')) {
      await transaction.query(
        `delete from calculation.historical_bitcoin_calculations where settlement_date = any($1::date[])`,
        [datesOfMonth(month)],
      );
    }
    await settings(transaction);
    ms = await timed(() => statement(transaction));
    throw new TakenBack();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return ms;
}

/** As after a restore, or a table that was filled a moment ago. */
async function forgetStatistics(platform: Platform): Promise<void> {
  const ours = `(select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
                 where n.nspname in ('ingestion', 'calculation', 'summary') and c.relkind = 'r')`;
  await platform.owner.query(`delete from pg_statistic where starelid in ${ours}`);
  await platform.owner.query(`update pg_class set reltuples = -1, relpages = 0 where oid in ${ours}`);
}
