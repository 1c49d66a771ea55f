import { type Executor, rowOf } from '../../executor.js';

/** A level of summaries and the one beneath that it is summed from. Names are constants of this file, never input. */
interface Level {
  prefix: 'monthly' | 'yearly';
  key: 'month' | 'year';
  keyType: 'text' | 'smallint';
  from: 'daily' | 'monthly';
  /** Which rows beneath (alias `b`) belong to the asked-for key (alias `w`), written so that the key's index serves. */
  belongs: string;
}

const month: Level = {
  prefix: 'monthly',
  key: 'month',
  keyType: 'text',
  from: 'daily',
  belongs: `b.settlement_date >= (w.month || '-01')::date and b.settlement_date < (w.month || '-01')::date + interval '1 month'`,
};
const year: Level = {
  prefix: 'yearly',
  key: 'year',
  keyType: 'smallint',
  from: 'monthly',
  belongs: `b.month between w.year || '-01' and w.year || '-12'`,
};

const energyColumns = ['curtailed_mwh', 'payment_gbp', 'absolute_payment_gbp'];
const bitcoinColumns = ['potential_btc'];

/** One table of one level, replaced by the sums of the level beneath; equal rows are not rewritten, vanished keys are deleted. */
function rollUpOf(
  level: Level,
  table: string,
  from: string,
  dimensions: readonly string[],
  columns: readonly string[],
) {
  const key = [level.key, ...dimensions];
  // Only the lead party may be unknown; `is not distinct from` on every column would rule out a hash join.
  const same = key
    .map((column) => `n.${column} ${column === 'lead_party' ? 'is not distinct from' : '='} s.${column}`)
    .join(' and ');
  const sums = columns.map((column) => `sum(b.${column}) as ${column}`);
  return `with wanted as (select * from unnest($1::${level.keyType}[]) as u (${level.key})),
    new as materialized (
      select w.${[level.key, ...dimensions.map((d) => `b.${d}`), ...sums].join(', ')}
      from wanted w join summary.${from} b on ${level.belongs}
      group by w.${[level.key, ...dimensions.map((d) => `b.${d}`)].join(', ')}
    ),
    gone as (
      delete from summary.${table} s
      where s.${level.key} = any($1::${level.keyType}[]) and not exists (select from new n where ${same})
      returning 1
    ),
    changed as (
      insert into summary.${table} as s (${[...key, ...columns].join(', ')})
      select ${[...key, ...columns].join(', ')} from new
      on conflict (${key.join(', ')}) do update set ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}
      where ${columns.map((c) => `s.${c} <> excluded.${c}`).join(' or ')}
      returning 1
    )
    select exists (select from gone) or exists (select from changed) as written`;
}

async function rollUp(transaction: Executor, level: Level, keys: readonly (string | number)[]): Promise<boolean> {
  const { prefix, from } = level;
  const statements = [
    rollUpOf(level, `${prefix}_summaries`, `${from}_summaries`, [], energyColumns),
    rollUpOf(level, `farm_${prefix}_summaries`, `farm_${from}_summaries`, ['farm_id', 'lead_party'], energyColumns),
    rollUpOf(level, `bitcoin_${prefix}_summaries`, `bitcoin_${from}_summaries`, ['miner_model'], bitcoinColumns),
    rollUpOf(
      level,
      `bitcoin_farm_${prefix}_summaries`,
      `bitcoin_farm_${from}_summaries`,
      ['farm_id', 'lead_party', 'miner_model'],
      bitcoinColumns,
    ),
  ];
  let anyWritten = false;
  for (const statement of statements) {
    const { written } = await rowOf<{ written: boolean }>(transaction, statement, [keys]);
    anyWritten ||= written;
  }
  return anyWritten;
}

/** Rebuilds all summaries of some months (`YYYY-MM`) from their days, and returns whether anything was written. */
export async function rebuildMonthlySummaries(transaction: Executor, months: readonly string[]): Promise<boolean> {
  return await rollUp(transaction, month, months);
}

/** Rebuilds all summaries of some years from their months, and returns whether anything was written. */
export async function rebuildYearlySummaries(transaction: Executor, years: readonly number[]): Promise<boolean> {
  return await rollUp(transaction, year, years);
}
