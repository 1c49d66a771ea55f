/** Some rows of a summary table and what they ought to be. Names are constants of our own, never input. */
export interface Replacement {
  /** Table in schema `summary`. */
  table: string;
  /** CTE that has what ought to be there, with the columns of the table, none of which is null but the lead party. */
  wanted: string;
  /** First column of the key, of which the statement takes an array of values as `$1`. */
  scope: { column: string; type: 'date' | 'text' | 'smallint' };
  /** The other columns of the key. */
  dimensions: readonly string[];
  columns: readonly string[];
}

/**
 * CTEs that bring some rows of a summary table in line with what they ought to be. Rows that are equal are not written: the two
 * sides are compared once, and only what differs is deleted, updated or inserted. `on conflict` would cost twice as much, and
 * under the lock on the year nothing conflicts.
 */
export function replacementOf({ table, wanted, scope, dimensions, columns }: Replacement): string {
  const key = [scope.column, ...dimensions];
  const inScope = `s.${scope.column} = any($1::${scope.type}[])`;
  const list = (names: readonly string[], write: (name: string) => string) => names.map(write).join(', ');
  const same = (names: readonly string[], write: (name: string) => string) => names.map(write).join(' and ');
  // Only the lead party may be unknown, and a full join can only hash or sort by equality.
  const matches = key.map((name) =>
    name === 'lead_party'
      ? `coalesce(s.lead_party, '') = coalesce(w.lead_party, '') and (s.lead_party is null) = (w.lead_party is null)`
      : `s.${name} = w.${name}`,
  );
  const isOf = `${inScope} and ${same(key, (name) => `s.${name} ${name === 'lead_party' ? 'is not distinct from' : '='} d.${name}`)}`;
  return `
    difference_${table} as materialized (
      select ${list(key, (name) => `coalesce(w.${name}, s.${name}) as ${name}`)}, ${list(columns, (name) => `w.${name}`)},
             w.${scope.column} is not null as is_wanted, s.${scope.column} is not null as is_stored
      from ${wanted} w
      full join (select * from summary.${table} s where ${inScope}) s on ${matches.join(' and ')}
      where w.${scope.column} is null or s.${scope.column} is null or not (${same(columns, (name) => `s.${name} = w.${name}`)})
    ),
    deleted_${table} as (
      delete from summary.${table} s using difference_${table} d where not d.is_wanted and ${isOf}
    ),
    updated_${table} as (
      update summary.${table} s set ${list(columns, (name) => `${name} = d.${name}`)}
      from difference_${table} d where d.is_wanted and d.is_stored and ${isOf}
    ),
    inserted_${table} as (
      insert into summary.${table} (${[...key, ...columns].join(', ')})
      select ${[...key, ...columns].join(', ')} from difference_${table} where not is_stored
    )`;
}

/** The values of the first column of the key of which a row was written, as `key`. */
export function keysWritten(replacements: readonly Replacement[]): string {
  return replacements
    .map(({ table, scope }) => `select ${scope.column} as key from difference_${table}`)
    .join(' union ');
}
