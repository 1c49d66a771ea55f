import { type Executor, rowsOf } from '../../executor.js';

/** Rebuilds the wind generation of some months (`YYYY-MM`) from their days, and returns those that were written. */
export async function rebuildMonthlyWindGeneration(
  transaction: Executor,
  months: readonly string[],
): Promise<string[]> {
  return await rollUp(
    transaction,
    { table: 'monthly_wind_generation', key: 'month', keyType: 'text' },
    `select to_char(settlement_date, 'YYYY-MM') as month, onshore_mwh, offshore_mwh, periods_loaded, 1 as days_loaded
     from summary.daily_wind_generation
     where settlement_date >= (select min(key || '-01')::date from wanted)
       and settlement_date < (select max(key || '-01')::date + interval '1 month' from wanted)`,
    months,
  );
}

/** Rebuilds the wind generation of some years from their months, and returns those that were written. */
export async function rebuildYearlyWindGeneration(transaction: Executor, years: readonly number[]): Promise<number[]> {
  return await rollUp(
    transaction,
    { table: 'yearly_wind_generation', key: 'year', keyType: 'smallint' },
    `select left(month, 4)::smallint as year, onshore_mwh, offshore_mwh, periods_loaded, days_loaded
     from summary.monthly_wind_generation
     where month between (select min(key) || '-01' from wanted) and (select max(key) || '-12' from wanted)`,
    years,
  );
}

interface Level {
  table: string;
  key: string;
  keyType: string;
}

/**
 * Replaces some rows of a level by the sums of the rows beneath: of what is known, null where nothing is. Equal rows are not
 * rewritten, and a key without rows beneath has none.
 *
 * @param beneath rows of the level beneath with the key that they belong to, of the wanted keys at least
 */
async function rollUp<Key extends string | number>(
  transaction: Executor,
  { table, key, keyType }: Level,
  beneath: string,
  keys: readonly Key[],
): Promise<Key[]> {
  const written = await rowsOf<{ key: Key }>(
    transaction,
    `with wanted as (select * from unnest($1::${keyType}[]) as u (key)),
     new as materialized (
       select b.${key}, sum(b.onshore_mwh) as onshore_mwh, sum(b.offshore_mwh) as offshore_mwh,
              sum(b.periods_loaded) as periods_loaded, sum(b.days_loaded) as days_loaded
       from (${beneath}) b join wanted w on w.key = b.${key}
       group by b.${key}
     ),
     gone as (
       delete from summary.${table} s
       where s.${key} = any($1::${keyType}[]) and not exists (select from new n where n.${key} = s.${key})
       returning ${key}
     ),
     changed as (
       insert into summary.${table} as s (${key}, onshore_mwh, offshore_mwh, periods_loaded, days_loaded)
       select * from new
       on conflict (${key}) do update set
         onshore_mwh = excluded.onshore_mwh, offshore_mwh = excluded.offshore_mwh, periods_loaded = excluded.periods_loaded,
         days_loaded = excluded.days_loaded
       where (s.onshore_mwh, s.offshore_mwh, s.periods_loaded, s.days_loaded)
         is distinct from (excluded.onshore_mwh, excluded.offshore_mwh, excluded.periods_loaded, excluded.days_loaded)
       returning ${key}
     )
     select ${key} as key from gone union select ${key} from changed`,
    [keys],
  );
  return written.map((row) => row.key);
}
