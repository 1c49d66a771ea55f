import { type Executor, rowsOf } from '../../executor.js';

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

interface Table {
  name: string;
  from: string;
  dimensions: readonly string[];
  columns: readonly string[];
}

function tablesOf({ prefix, from }: Level): Table[] {
  const farm = ['farm_id', 'lead_party'];
  const table = (subject: string, dimensions: readonly string[], columns: readonly string[]): Table => {
    return { name: `${subject}${prefix}_summaries`, from: `${subject}${from}_summaries`, dimensions, columns };
  };
  return [
    table('', [], energyColumns),
    table('farm_', farm, energyColumns),
    table('bitcoin_', ['miner_model'], bitcoinColumns),
    table('bitcoin_farm_', [...farm, 'miner_model'], bitcoinColumns),
  ];
}

/** The parts of the statement that replace one table by the sums of the level beneath: equal rows are not rewritten, vanished keys are deleted. */
function replacementOf(level: Level, { name, from, dimensions, columns }: Table): string {
  const key = [level.key, ...dimensions];
  // Only the lead party may be unknown; `is not distinct from` on every column would rule out a hash join.
  const same = key
    .map((column) => `n.${column} ${column === 'lead_party' ? 'is not distinct from' : '='} s.${column}`)
    .join(' and ');
  const sums = columns.map((column) => `sum(b.${column}) as ${column}`);
  return `new_${name} as materialized (
      select w.${[level.key, ...dimensions.map((d) => `b.${d}`), ...sums].join(', ')}
      from wanted w join summary.${from} b on ${level.belongs}
      group by w.${[level.key, ...dimensions.map((d) => `b.${d}`)].join(', ')}
    ),
    gone_${name} as (
      delete from summary.${name} s
      where s.${level.key} = any($1::${level.keyType}[]) and not exists (select from new_${name} n where ${same})
      returning ${level.key}
    ),
    changed_${name} as (
      insert into summary.${name} as s (${[...key, ...columns].join(', ')})
      select ${[...key, ...columns].join(', ')} from new_${name}
      on conflict (${key.join(', ')}) do update set ${columns.map((c) => `${c} = excluded.${c}`).join(', ')}
      where ${columns.map((c) => `s.${c} <> excluded.${c}`).join(' or ')}
      returning ${level.key}
    )`;
}

/** All tables of a level in one statement, each of which depends on the level beneath and none on another of its own. */
function rollUpOf(level: Level): string {
  const tables = tablesOf(level);
  const written = tables.flatMap(({ name }) => [`gone_${name}`, `changed_${name}`]);
  return `with wanted as (select * from unnest($1::${level.keyType}[]) as u (${level.key})),
    ${tables.map((table) => replacementOf(level, table)).join(',\n    ')}
    ${written.map((part) => `select ${level.key} as key from ${part}`).join(' union ')}`;
}

async function rollUp<Key extends string | number>(
  transaction: Executor,
  level: Level,
  keys: readonly Key[],
): Promise<Key[]> {
  const written = await rowsOf<{ key: Key }>(transaction, rollUpOf(level), [keys]);
  return written.map(({ key }) => key);
}

/** Rebuilds all summaries of some months (`YYYY-MM`) from their days, and returns those of which a row was written. */
export async function rebuildMonthlySummaries(transaction: Executor, months: readonly string[]): Promise<string[]> {
  return await rollUp(transaction, month, months);
}

/** Rebuilds all summaries of some years from their months, and returns those of which a row was written. */
export async function rebuildYearlySummaries(transaction: Executor, years: readonly number[]): Promise<number[]> {
  return await rollUp(transaction, year, years);
}
