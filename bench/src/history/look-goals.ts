import {
  auditCalculationCounts,
  beginCheck,
  type Executor,
  findDaysToCheck,
  findMinerModels,
  findSuspectDays,
} from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { bitcoinFactorsOf, dayBoundsAt, FORMULA_VERSION, miningEpochsOf, monthOf } from '@app/domain';
import pLimit from 'p-limit';
import { interleaved, median, timed } from '../measure.js';
import { type Platform } from '../platform.js';
import { type Line } from '../report.js';
import { type OldPlatform } from './old-platform.js';

const EVERYTHING = { from: '1900-01-01', to: '2999-12-31' };

/** The first platform's status: every key as text, counted. */
const COUNT_DISTINCT = `
  select (select count(distinct concat(settlement_date, '-', settlement_period, '-', farm_id)) from ingestion.curtailment_records),
         (select count(*) from calculation.historical_bitcoin_calculations)`;

/** Goals 9 and 10, on a history of which a third is missing, scattered over all dates: every day is a gap. */
export async function statusGoals(platform: Platform, history: OldPlatform, repetitions: number): Promise<Line[]> {
  await history.withScatteredHoles();
  const status = () => timed(() => history.get('status'));
  const ms = await interleaved(repetitions, {
    status,
    counted: () => timed(() => platform.owner.query(COUNT_DISTINCT)),
  });
  await history.reconcile();
  await history.withoutWholeDates();
  // The list for people has a page; the yardstick is of the same moment.
  const looks = await interleaved(repetitions * 3, { status, analysis: () => timed(() => history.get('analysis')) });
  const once = await medianOf(repetitions * 5, status);
  await growLedgers(platform, 3);
  const fourfold = await medianOf(repetitions * 5, status);
  await shrinkLedgers(platform);
  await history.reconcile();
  return [
    {
      goal: 9,
      what: 'status',
      ours: ms.status,
      unit: 'ms',
      yardstick: { what: 'count distinct', value: ms.counted, ratio: 'it ÷ ours' },
      bar: { atLeast: 200 },
    },
    {
      goal: 9,
      what: 'status of 4 x the history',
      ours: fourfold,
      unit: 'ms',
      yardstick: { what: 'of 1 x', value: once, ratio: 'ours ÷ it' },
      bar: { atMost: 1.5 },
    },
    {
      goal: 10,
      what: 'analysis',
      ours: looks.analysis,
      unit: 'ms',
      yardstick: { what: 'status', value: looks.status, ratio: 'ours ÷ it' },
      bar: { atMost: 5 },
    },
  ];
}

/**
 * Goal 11, on a complete history.
 *
 * Orphans, calculations of a combination that is not stored, have no line of their own: no statement looks for them alone. They are
 * found by the same look as what is missing, since the sets of keys are held against each other. The ledger audit is the count of
 * all calculations by day and model, held against the ledger.
 */
export async function deepCheckGoals(platform: Platform, history: OldPlatform, repetitions: number): Promise<Line[]> {
  const table = new DifficultyTable({
    endpoint: process.env.DYNAMODB_ENDPOINT,
    region: 'eu-west-2',
    table: 'windfall-difficulty',
  });
  const days = await findDaysToCheck(history.database, EVERYTHING);
  const dates = days.map((day) => day.settlementDate);
  const retargets = await table.readRetargets({
    fromAt: dayBoundsAt(dates[0] ?? '').startAt,
    toAt: dayBoundsAt(dates.at(-1) ?? '').endAt,
  });
  table.close();
  const models = await findMinerModels(history.database);
  const checked = (work: (transaction: Executor) => Promise<unknown>) =>
    history.database.transaction(async (transaction) => {
      await beginCheck(transaction);
      await work(transaction);
    });
  const compare = async (some: readonly string[]): Promise<void> => {
    const mining = some.map((settlementDate) => ({
      settlementDate,
      mining: miningEpochsOf(settlementDate, retargets),
    }));
    const factors = bitcoinFactorsOf(mining, models);
    await checked((transaction) => findSuspectDays(transaction, some, factors, FORMULA_VERSION));
  };
  const ms = await interleaved(repetitions, {
    grouped: () =>
      timed(() =>
        platform.owner.query(
          'select settlement_date, count(*) from calculation.historical_bitcoin_calculations group by settlement_date',
        ),
      ),
    compared: () => {
      const limit = pLimit(2);
      return timed(() => Promise.all(halfYears(dates).map((some) => limit(() => compare(some)))));
    },
    audited: () => timed(() => checked((transaction) => auditCalculationCounts(transaction, EVERYTHING))),
    whole: () => timed(() => history.requireRight()),
  });
  const yardstick = { what: 'group by date', value: ms.grouped, ratio: 'ours ÷ it' } as const;
  return [
    {
      goal: 11,
      what: 'recompute and compare all, missing and surplus',
      ours: ms.compared,
      unit: 'ms',
      yardstick,
      bar: { atMost: 9 },
    },
    { goal: 11, what: 'ledger audit', ours: ms.audited, unit: 'ms', yardstick, bar: { atMost: 1.5 } },
    { goal: 11, what: 'deep check of everything, with summaries', ours: ms.whole, unit: 'ms', yardstick },
  ];
}

function halfYears(dates: readonly string[]): string[][] {
  const halves = new Map<string, string[]>();
  for (const date of dates) {
    const half = `${date.slice(0, 4)}/${monthOf(date) < `${date.slice(0, 4)}-07` ? 1 : 2}`;
    halves.set(half, [...(halves.get(half) ?? []), date]);
  }
  return [...halves.values()];
}

async function medianOf(times: number, work: () => Promise<number>): Promise<number> {
  const taken: number[] = [];
  for (let repetition = 0; repetition < times; repetition += 1) taken.push(await work());
  return median(taken);
}

const ledgers = [
  'ingestion.settlement_days',
  'calculation.calculated_days',
  'calculation.calculation_counts',
  'summary.aggregated_days',
];

/** Adds the ledgers of as long a history before the real one, so many times; the status reads nothing else. */
async function growLedgers(platform: Platform, times: number): Promise<void> {
  for (const ledger of ledgers) {
    const { rows } = await platform.owner.query<{ names: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and attname <> 'settlement_date' and not attisdropped`,
      [ledger],
    );
    await platform.owner.query(
      `insert into ${ledger} (settlement_date, ${rows[0]?.names})
       select settlement_date - n * 2192, ${rows[0]?.names} from ${ledger}, generate_series(1, ${times}) n`,
    );
  }
  await platform.owner.query('vacuum analyze');
}

async function shrinkLedgers(platform: Platform): Promise<void> {
  for (const ledger of ledgers)
    await platform.owner.query(`delete from ${ledger} where settlement_date < '2019-04-10'`);
  await platform.owner.query(`delete from reconciliation.month_days where month < '2019-04-01'`);
  await platform.owner.query(`delete from reconciliation.month_calculations where month < '2019-04-01'`);
  await platform.owner.query('vacuum analyze');
}
