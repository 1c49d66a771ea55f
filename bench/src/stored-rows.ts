import type { Pool } from 'pg';

/** They record that something was fetched, which is to be seen even when nothing came of it. */
const fetchLedgers = [
  'ingestion.fetches',
  'ingestion.request_grants',
  'ingestion.settlement_days',
  'ingestion.settlement_periods',
];

/** Which transaction wrote each row and where it lies, for every table of figures and of announced facts. */
export async function rowVersions(owner: Pool): Promise<Map<string, string>> {
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('ingestion', 'calculation', 'summary') and table_type = 'BASE TABLE' order by 1`,
  );
  const versions = new Map<string, string>();
  for (const { name } of tables.filter((table) => !fetchLedgers.includes(table.name))) {
    const { rows } = await owner.query<{ digest: string }>(
      `select md5(string_agg(ctid::text || '/' || xmin::text, ',' order by ctid)) as digest from ${name}`,
    );
    versions.set(name, rows[0]?.digest ?? '');
  }
  return versions;
}

/** The tables of which a row was written, moved or deleted in between. */
export function touchedTables(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name));
}
