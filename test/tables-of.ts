import { type Database } from '@app/database';

const schemas = ['ingestion', 'calculation', 'summary', 'reconciliation'] as const;

/** Names of all tables of some schemas, as SQL takes them. */
export async function tablesOf(
  owner: Database,
  among: readonly (typeof schemas)[number][] = schemas,
): Promise<string[]> {
  const tables = (await owner.query(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema = any($1) and table_type = 'BASE TABLE'`,
    [among],
  )) as { name: string }[];
  return tables.map(({ name }) => name);
}
