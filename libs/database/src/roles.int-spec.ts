import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from './database.js';
import { rowOf, rowsOf, run } from './executor.js';

/**
 * What each service may do besides reading, and why nothing more. A table that is not named here may be written by nobody,
 * so a new one fails below until its line was thought about.
 */
const grants: Record<string, Record<string, string>> = {
  ingestion: {
    // A day or period is never forgotten; records are replaced, never changed.
    'ingestion.settlement_days': 'INSERT UPDATE',
    'ingestion.settlement_periods': 'INSERT UPDATE',
    'ingestion.curtailment_records': 'DELETE INSERT',
    // What is known of wind generation is corrected, and taken back only where somebody altered it.
    'ingestion.wind_generation_data': 'DELETE INSERT UPDATE',
    'ingestion.wind_generation_days': 'INSERT UPDATE',
    // Only ever appended to.
    'ingestion.fetches': 'INSERT',
    'ingestion.register_versions': 'INSERT',
    'ingestion.bm_units': 'INSERT',
    // The request budget shared by all replicas.
    'ingestion.request_grants': 'DELETE INSERT UPDATE',
    'ingestion.outbox': 'DELETE INSERT UPDATE',
  },
  calculator: {
    'calculation.historical_bitcoin_calculations': 'DELETE INSERT',
    'calculation.calculated_days': 'INSERT UPDATE',
    'calculation.calculation_counts': 'INSERT UPDATE',
    'calculation.outbox': 'DELETE INSERT UPDATE',
  },
  aggregator: Object.fromEntries(
    ['daily', 'monthly', 'yearly']
      .flatMap((level) => ['', 'farm_', 'bitcoin_', 'bitcoin_farm_'].map((prefix) => `${prefix}${level}_summaries`))
      .concat('daily_wind_generation', 'monthly_wind_generation', 'yearly_wind_generation', 'aggregated_days', 'outbox')
      .map((table) => [`summary.${table}`, 'DELETE INSERT UPDATE']),
  ),
  reconciler: {
    // Jobs are a record of what was done.
    'reconciliation.jobs': 'INSERT UPDATE',
    'reconciliation.job_items': 'INSERT UPDATE',
    // What is over is told no more.
    'reconciliation.alerts': 'DELETE INSERT',
    // A key is forgotten after a day.
    'reconciliation.idempotency_keys': 'DELETE INSERT',
    // What was found is never changed afterwards.
    'reconciliation.verification_reports': 'INSERT',
    'reconciliation.outbox': 'DELETE INSERT UPDATE',
    'reconciliation.job_events': 'INSERT',
    // Only ever appended to, and its end noted.
    'reconciliation.audit_log': 'INSERT',
    'reconciliation.audit_head': 'UPDATE',
  },
  gateway: {},
};
/** Written by migrations alone. */
const writtenByNobody = ['calculation.miner_models', 'reconciliation.month_calculations', 'reconciliation.month_days'];
const schemaOf: Record<string, string> = {
  ingestion: 'ingestion',
  calculator: 'calculation',
  aggregator: 'summary',
  reconciler: 'reconciliation',
};
const schemas = Object.values(schemaOf);
const services = Object.keys(grants);

describe('the roles of the services', () => {
  let owner: Database;
  const as: Record<string, Database> = {};
  /** Every table and view there is, by its schema and name. */
  let relations: { name: string; isTable: boolean }[];

  beforeAll(async () => {
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    for (const [service, url] of Object.entries(urls)) as[service] = new Database({ url, applicationName: 'spec' });
    relations = await rowsOf(
      owner,
      `select format('%s.%s', n.nspname, c.relname) as name, c.relkind in ('r', 'p') as "isTable"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')
       order by 1`,
    );
  });
  afterAll(() => Promise.all([owner, ...Object.values(as)].map((database) => database.close())));

  const service = (name: string): Database => {
    const database = as[name];
    if (database === undefined) throw new Error(`No role for ${name}`);
    return database;
  };

  /** The SQLSTATE of a statement that is tried and undone; '00000' when it went through. */
  async function codeOf(name: string, statement: string): Promise<string> {
    const undone = new Error('undone');
    try {
      await service(name).transaction(async (transaction) => {
        await run(transaction, statement);
        throw undone;
      });
      throw new Error('A transaction that throws has ended well');
    } catch (error) {
      if (error === undone) return '00000';
      return (error as { code?: string }).code ?? String(error);
    }
  }

  it('are thought through for every table that there is', () => {
    const named = [...Object.values(grants).flatMap((tables) => Object.keys(tables)), ...writtenByNobody];
    const tables = relations.filter(({ isTable }) => isTable).map(({ name }) => name);
    expect([...named].sort()).toEqual(tables);
  });

  it('have no power over the cluster, and only what readers have besides their own', async () => {
    const roles = await rowsOf(
      owner,
      `select rolname as name, rolcanlogin as login,
              rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls as powerful,
              (select array_agg(m.roleid::regrole::text) from pg_auth_members m where m.member = r.oid) as member
       from pg_roles r where rolname ~ '^windfall_' order by 1`,
    );
    expect(roles).toEqual([
      ...services
        .concat('reader')
        .sort()
        .map((name) => ({
          name: `windfall_${name}`,
          login: name !== 'reader',
          powerful: false,
          member: name === 'reader' ? null : ['windfall_reader'],
        })),
    ]);
  });

  it('own nothing', async () => {
    const owned = await rowsOf(
      owner,
      `select s.objid::regclass::text from pg_shdepend s
       where s.deptype = 'o' and s.refclassid = 'pg_authid'::regclass and s.refobjid::regrole::text ~ '^windfall_'`,
    );
    expect(owned).toEqual([]);
  });

  it.each(services)('lets the %s read every table and view', async (name) => {
    const refused: string[] = [];
    for (const relation of relations) {
      const code = await codeOf(name, `select * from ${relation.name} limit 1`);
      if (code !== '00000') refused.push(`${relation.name} ${code}`);
    }
    expect(refused).toEqual([]);
  });

  it.each(services)('lets the %s write what it owns and nothing else', async (name) => {
    const allowed: Record<string, string> = {};
    for (const relation of relations) {
      // Postgres looks at the permission before it looks at any row, so a statement that touches none tells.
      const [column] = await rowsOf<{ name: string }>(
        owner,
        `select quote_ident(attname) as name from pg_attribute
         where attrelid = $1::regclass and attnum > 0 and attidentity = '' order by attnum limit 1`,
        [relation.name],
      );
      const statements = {
        DELETE: `delete from ${relation.name} where false`,
        INSERT: `insert into ${relation.name} (${column?.name ?? ''}) select ${column?.name ?? ''} from ${relation.name} where false`,
        TRUNCATE: `truncate ${relation.name}`,
        UPDATE: `update ${relation.name} set ${column?.name ?? ''} = ${column?.name ?? ''} where false`,
      };
      const codes = await Promise.all(
        Object.entries(statements).map(async ([verb, statement]) => [verb, await codeOf(name, statement)] as const),
      );
      const verbs = codes.filter(([, code]) => code === '00000').map(([verb]) => verb);
      if (verbs.length > 0) allowed[relation.name] = verbs.join(' ');
      // Refused for want of permission (42501), or since there is nothing of the kind to write (a view).
      const refusals = codes.filter(([, code]) => code !== '00000').map(([, code]) => code);
      const reasons = relation.isTable ? ['42501'] : ['42501', '42809', '55000'];
      expect([relation.name, refusals.filter((code) => !reasons.includes(code))]).toEqual([relation.name, []]);
    }
    expect(allowed).toEqual(grants[name]);
  });

  it.each(services)('lets the %s draw numbers from the sequences of its own schema only', async (name) => {
    const sequences = await rowsOf<{ name: string; schema: string }>(
      owner,
      `select s.sequencename as sequence, format('%s.%s', s.schemaname, s.sequencename) as name, s.schemaname as schema from pg_sequences s`,
    );
    expect(sequences.length).toBeGreaterThan(0);
    for (const sequence of sequences) {
      const code = await codeOf(name, `select nextval('${sequence.name}')`);
      expect([sequence.name, code]).toEqual([sequence.name, sequence.schema === schemaOf[name] ? '00000' : '42501']);
      expect(await codeOf(name, `select setval('${sequence.name}', 1)`)).toBe(
        sequence.schema === schemaOf[name] ? '42501' : '42501',
      );
    }
  });

  it.each(services)('lets the %s change no definition', async (name) => {
    const database = (await rowOf<{ name: string }>(owner, 'select current_database() as name')).name;
    const { name: table = '' } =
      relations.find((r) => r.isTable && r.name.startsWith(schemaOf[name] ?? 'summary')) ?? {};
    const statements = [
      ...['public', ...schemas].map((schema) => `create table ${schema}.mine (a integer)`),
      `create schema mine`,
      `alter table ${table} add column mine integer`,
      `create index on ${table} ((1))`,
      `drop table ${table}`,
      `alter table ${table} disable trigger all`,
      `alter table ${table} owner to windfall_${name}`,
      `create role mine`,
      `alter role windfall_gateway superuser`,
      `set role windfall`,
      `alter database ${database} set jit = on`,
    ];
    for (const statement of statements) {
      const code = await codeOf(name, statement);
      expect([statement, code]).toEqual([statement, '42501']);
    }
  });
});
