/** Whatever runs SQL: a TypeORM DataSource, an EntityManager inside a transaction, or a bare client in a test. */
export interface Executor {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/**
 * Runs one statement that returns rows.
 *
 * TypeORM hands back `[rows, affected]` for UPDATE and DELETE and plain rows for all else; callers should not have to know.
 */
export async function rowsOf<Row>(executor: Executor, sql: string, parameters: unknown[] = []): Promise<Row[]> {
  const result = await executor.query(sql, parameters);
  if (!Array.isArray(result)) return [];
  const [first] = result as unknown[];
  return (Array.isArray(first) ? first : result) as Row[];
}

/** Runs one statement that returns exactly one row. */
export async function rowOf<Row>(executor: Executor, sql: string, parameters: unknown[] = []): Promise<Row> {
  const [row] = await rowsOf<Row>(executor, sql, parameters);
  if (row === undefined) throw new Error('A statement that always returns a row returned none');
  return row;
}

/** Runs one statement whose rows nobody needs. */
export async function run(executor: Executor, sql: string, parameters: unknown[] = []): Promise<void> {
  await executor.query(sql, parameters);
}
