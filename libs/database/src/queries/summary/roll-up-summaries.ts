import { type Executor, rowsOf } from '../../executor.js';
import { keysWritten, type Replacement, replacementOf } from './replace-summaries.js';

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

/** The sums of one table's rows beneath, as CTE `wanted_` and the table's name. */
function sumsOf(level: Level, { name, from, dimensions, columns }: Table): string {
  const key = [`w.${level.key}`, ...dimensions.map((d) => `b.${d}`)].join(', ');
  return `wanted_${name} as materialized (
      select ${key}, ${columns.map((column) => `sum(b.${column}) as ${column}`).join(', ')}
      from wanted w join summary.${from} b on ${level.belongs}
      group by ${key}
    )`;
}

/** All tables of a level in one statement, each of which depends on the level beneath and none on another of its own. */
function rollUpOf(level: Level): string {
  const tables = tablesOf(level);
  const replacements = tables.map(({ name, dimensions, columns }): Replacement => {
    const scope = { column: level.key, type: level.keyType };
    return { table: name, wanted: `wanted_${name}`, scope, dimensions, columns };
  });
  return `with wanted as (select * from unnest($1::${level.keyType}[]) as u (${level.key})),
    ${tables.map((table) => sumsOf(level, table)).join(',\n    ')},
    ${replacements.map(replacementOf).join(',')}
    ${keysWritten(replacements)}`;
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
