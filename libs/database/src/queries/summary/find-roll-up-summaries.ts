import { type DayState } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { type StoredGap } from '../reconciliation/find-status.js';
import { type FarmFilter, figureColumns, figuresOf, filterParameters, type StoredFigures } from './figures.js';

export interface StoredRollUpSummary<Key> extends StoredFigures {
  /** YYYY-MM, or the year. */
  key: Key;
  /** The days of it that were ever fetched, in order. */
  days: { settlementDate: string; state: DayState; revision: number | null }[];
  /** What those days lack, in order. */
  missing: StoredGap[];
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
  return await rowsOf<StoredRollUpSummary<Key>>(
    executor,
    `select k.key, d.days, m.missing, ${figureColumns}
     from (${keys}) k
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object(
                'settlementDate', s.settlement_date, 'state', s.state, 'revision', s.summary_revision)
                order by s.settlement_date), '[]') as days
       from reconciliation.day_states s where s.settlement_date between k.first and k.last
     ) d
     cross join lateral (
       select coalesce(jsonb_agg(jsonb_build_object(
                'settlementDate', g.settlement_date, 'cause', g.cause, 'periods', g.periods, 'detail', g.detail)
                order by g.settlement_date, g.cause, g.periods), '[]') as missing
       from reconciliation.missing g where g.settlement_date between k.first and k.last
     ) m
     ${figuresOf(level, parameters.length > 0)}
     order by k.key`,
    [...range, ...parameters],
  );
}
