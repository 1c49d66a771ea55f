import { type Database } from '@app/database';

/** Rows of each table and a digest of them; two are compared to find the tables that differ. */
export type Digest = Record<string, { rows: number; md5: string | null }>;

/*
 * What a digest of the content leaves out. All else of all tables counts, also of those that are not made yet.
 */

/** Tables that tell what was done and how often, not what is known. */
const tablesLeftOut = new Set([
  // A fetch that was killed is begun again and leaves both beginnings.
  'ingestion.fetches',
  // What the source was asked in which minute.
  'ingestion.request_grants',
  // What happened to a job on the way, such as how often something was tried.
  'reconciliation.job_events',
  // Who did what, when: a chain, in which each row depends on all before it.
  'reconciliation.audit_log',
  'reconciliation.audit_head',
  // What operators were told of, by whoever looked when.
  'reconciliation.alerts',
  // Which writes came with a key.
  'reconciliation.idempotency_keys',
  // Its facts are named after revisions and its requests at random; `announced` below says what matters of it.
  ...['ingestion', 'calculation', 'summary', 'reconciliation'].map((schema) => `${schema}.outbox`),
]);

const columnsLeftOut = new Set([
  // Drawn in the order in which days happen to be worked on. That a derivation rests on the newest revision is told by the
  // view `day_states`, which counts.
  'revision',
  'derived_from',
  'ingestion_revision',
  'calculation_revision',
  'summary_revision',
  'fetch_number',
  'fetch_number_before',
  // Versions of the register are numbered as they come.
  'version',
  // Of a job: its random name, how it got there, and what it saw before and after, which holds revisions.
  'id',
  'job_id',
  'report_id',
  'request_id',
  'request_hash',
  'idempotency_key',
  'traceparent',
  'attempts',
  'asked',
  // They follow from the request, but for the seeds of samples, which are drawn.
  'steps',
  'step',
  'tries',
  'before',
  'after',
]);

/** When we did something is no content; when the source calculated or published what it sent is. */
const instantsThatCount = new Set(['source_created_at', 'onshore_published_at', 'offshore_published_at']);

/** Digest of what is known, whatever the way there: equal for two databases that answer every question alike. */
export async function contentDigest(owner: Database): Promise<Digest> {
  const columns = (await owner.query(
    `select format('%I.%I', table_schema, table_name) as table, column_name as column, data_type as type
     from information_schema.columns
     where table_schema in ('ingestion', 'calculation', 'summary', 'reconciliation')
     order by table_schema, table_name, ordinal_position`,
  )) as { table: string; column: string; type: string }[];
  const tables = new Map<string, string[]>();
  for (const { table, column, type } of columns) {
    const isOwnInstant = type === 'timestamp with time zone' && !instantsThatCount.has(column);
    if (tablesLeftOut.has(table) || columnsLeftOut.has(column) || isOwnInstant) continue;
    // 1.50 and 1.5 are the same number.
    const content = type === 'numeric' ? `trim_scale(${column})` : `"${column}"`;
    tables.set(table, [...(tables.get(table) ?? []), content]);
  }
  const digest: Digest = {};
  for (const [table, content] of tables) digest[table] = await digestOf(owner, `${content.join(', ')} from ${table}`);
  digest.announced = await digestOf(owner, announced);
  return digest;
}

/** For each ledger, the days whose newest revision was announced and has reached the bus. */
const announced = `ledger, settlement_date
  from (
    select 'ingestion' as ledger, settlement_date, 'curtailment.ingested:' || settlement_date || ':' || revision as id
    from ingestion.settlement_days
    union all
    select 'wind generation', settlement_date, 'wind-generation.ingested:' || settlement_date || ':' || revision
    from ingestion.wind_generation_days
    union all
    select 'wind generation, summed', settlement_date, 'summary.updated:' || settlement_date || ':' || revision
    from summary.daily_wind_generation
    union all
    select 'calculation', settlement_date, 'calculation.completed:' || settlement_date || ':' || revision
    from calculation.calculated_days
    union all
    select 'summary', settlement_date, 'summary.updated:' || settlement_date || ':' || revision
    from summary.aggregated_days
  ) newest
  join (
    select id from ingestion.outbox where published_at is not null
    union all select id from calculation.outbox where published_at is not null
    union all select id from summary.outbox where published_at is not null
  ) published using (id)`;

/** Digest of the rows as they lie on the disk: any write changes it, also one that changes nothing. */
export async function storageDigest(owner: Database, tables: readonly string[]): Promise<Digest> {
  const digest: Digest = {};
  for (const table of tables) digest[table] = await digestOf(owner, `ctid, xmin from ${table}`);
  return digest;
}

async function digestOf(owner: Database, selection: string): Promise<Digest[string]> {
  const [digest] = (await owner.query(
    `select count(*)::integer as rows, md5(string_agg(row::text, e'\\n' order by row::text collate "C")) as md5
     from (select ${selection}) row`,
  )) as Digest[string][];
  if (digest === undefined) throw new Error(`No digest of ${selection}`);
  return digest;
}
