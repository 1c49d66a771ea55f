import { type Executor, rowsOf } from '../../executor.js';
import { type FarmFilter, figureColumns, figuresOf, filterParameters, type StoredFigures } from './figures.js';
import { ledgerColumns, ledgerOf, type StoredLedger } from './ledger.js';
import { type StoredWindGeneration, windGenerationOf } from './wind-generation.js';

export interface StoredRollUpSummary<Key> extends StoredFigures, StoredLedger {
  /** YYYY-MM, or the year. */
  key: Key;
  /** Null when nothing is known of it, or only some farms are wanted: the source does not tell farms apart. */
  wind: StoredWindGeneration | null;
}

/** Figures of each month of a range (YYYY-MM), with the state of its days. */
export async function findMonthlySummaries(
  executor: Executor,
  from: string,
  to: string,
  filter: FarmFilter,
): Promise<StoredRollUpSummary<string>[]> {
  const keys = `
    select to_char(g, 'YYYY-MM') as key, g::date as first, (g + interval '1 month - 1 day')::date as last
    from generate_series(($1 || '-01')::date, ($2 || '-01')::date, interval '1 month') g`;
  return await findRollUps(executor, 'monthly', keys, [from, to], filter);
}

/** Figures of each year of a range, with the state of its days. */
export async function findYearlySummaries(
  executor: Executor,
  from: number,
  to: number,
  filter: FarmFilter,
): Promise<StoredRollUpSummary<number>[]> {
  const keys = `
    select g as key, make_date(g, 1, 1) as first, make_date(g, 12, 31) as last
    from generate_series($1::integer, $2::integer) g`;
  return await findRollUps(executor, 'yearly', keys, [from, to], filter);
}

async function findRollUps<Key>(
  executor: Executor,
  level: 'monthly' | 'yearly',
  keys: string,
  range: [Key, Key],
  filter: FarmFilter,
): Promise<StoredRollUpSummary<Key>[]> {
  const parameters = filterParameters(filter);
  const filtered = parameters.length > 0;
  return await rowsOf<StoredRollUpSummary<Key>>(
    executor,
    `with k as (${keys})
     select k.key, ${ledgerColumns}, ${filtered ? 'null' : 'w.wind'} as wind, ${figureColumns}
     from k
     ${ledgerOf}
     ${figuresOf(level, filtered)}
     ${filtered ? '' : windGenerationOf(level)}
     order by k.key`,
    [...range, ...parameters],
  );
}
