import { createHash, randomBytes } from 'node:crypto';
import { startTestPostgres } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from './data-source.js';
import { Database } from './database.js';
import { rowsOf, run } from './executor.js';
import { migrate } from './migrate.js';
import { TellAlteredWindGeneration1763801000000 } from './migrations/1763801000000-tell-altered-wind-generation.js';
import { migrations } from './migrations/index.js';

describe('migrating', () => {
  let server: Database;
  let gatewayUrl: URL;
  let ownerUrl: URL;

  beforeAll(async () => {
    // A server of its own: passwords are of a whole server, and others would find themselves locked out.
    const own = await startTestPostgres();
    ownerUrl = new URL(own.ownerUrl);
    gatewayUrl = new URL(own.urls.gateway);
    server = new Database({ url: own.ownerUrl, applicationName: 'spec' });
  });
  afterAll(() => server.close());

  /** An empty database, which no migration has seen. */
  async function emptyDatabase(): Promise<string> {
    const name = `migrate_${randomBytes(6).toString('hex')}`;
    await run(server, `create database ${name} template template0`);
    const url = new URL(ownerUrl);
    url.pathname = name;
    return url.href;
  }

  async function schemasOf(url: string): Promise<string[]> {
    const database = new Database({ url, applicationName: 'spec' });
    const rows = await rowsOf<{ name: string }>(
      database,
      `select nspname as name from pg_namespace where nspname in ('ingestion', 'calculation', 'summary', 'reconciliation')`,
    );
    await database.close();
    return rows.map(({ name }) => name);
  }

  it('is done by one of three that start at once; the others find nothing to do', async () => {
    const databaseUrl = await emptyDatabase();
    const ran = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, serviceUrls: {} })));
    const names = migrations.map((migration) => migration.name);
    expect(ran.sort((a, b) => b.length - a.length)).toEqual([names, [], []]);
    expect(await schemasOf(databaseUrl)).toHaveLength(4);
  });

  it('lets each service log in with the password of its URL, whatever characters that has', async () => {
    const login = new URL(gatewayUrl);
    login.password = encodeURIComponent(`it's "50%" \\ of; it`);
    const tryLogin = async (url: string) => {
      const database = new Database({ url, applicationName: 'spec' });
      await database.check().finally(() => database.close());
    };
    await migrate({ databaseUrl: ownerUrl.href, serviceUrls: { gateway: login.href } });
    await tryLogin(login.href);
    await expect(tryLogin(gatewayUrl.href)).rejects.toThrow('password authentication failed');
    // One that names none leaves the password as it is.
    const without = new URL(login);
    without.password = '';
    await migrate({ databaseUrl: ownerUrl.href, serviceUrls: { gateway: without.href } });
    await tryLogin(login.href);
  });

  it.each([
    [
      'names another role',
      'postgres://windfall:x@127.0.0.1/windfall',
      'GATEWAY_DATABASE_URL must log in as windfall_gateway, not as windfall',
    ],
    [
      'names none',
      'postgres://127.0.0.1/windfall',
      'GATEWAY_DATABASE_URL must log in as windfall_gateway, not as nobody',
    ],
    ['is none', 'windfall', 'GATEWAY_DATABASE_URL is not a URL such as postgres://user:password@host:5432/database'],
  ])('does nothing when the URL of a service %s, and says so', async (_, gateway, message) => {
    const databaseUrl = await emptyDatabase();
    await expect(migrate({ databaseUrl, serviceUrls: { gateway } })).rejects.toThrow(message);
    expect(await schemasOf(databaseUrl)).toEqual([]);
  });

  it('passes on why it failed and leaves nothing half done', async () => {
    const databaseUrl = await emptyDatabase();
    const database = new Database({ url: databaseUrl, applicationName: 'spec' });
    await run(database, 'create schema calculation');
    await expect(migrate({ databaseUrl, serviceUrls: {} })).rejects.toThrow('schema "calculation" already exists');
    // Each migration is a transaction of its own, so the first ones stay and the next run goes on after them.
    expect((await schemasOf(databaseUrl)).sort()).toEqual(['calculation', 'ingestion']);
    await run(database, 'drop schema calculation');
    await database.close();
    expect(await migrate({ databaseUrl, serviceUrls: {} })).toEqual(
      migrations.slice(2).map((migration) => migration.name),
    );
  });

  it('gives a digest to days of wind generation that add up, and none to the others', async () => {
    const databaseUrl = await emptyDatabase();
    await migrate({ databaseUrl, serviceUrls: {} });
    const dataSource = await createDataSource({ url: databaseUrl, applicationName: 'spec' }).initialize();
    const runner = dataSource.createQueryRunner();
    const migration = new TellAlteredWindGeneration1763801000000();
    await migration.down(runner);
    const publishedAt = '2025-01-01T01:00:00Z';
    await runner.query(
      `insert into ingestion.wind_generation_data
       select d, p, 100.50 * p, case p when 1 then 8 end, $1, case p when 1 then $1::timestamptz end
       from unnest('{2025-01-01, 2025-01-02, 2025-01-03}'::date[]) d, generate_series(1, 2) p`,
      [publishedAt],
    );
    await runner.query(
      `insert into ingestion.wind_generation_days
         (settlement_date, fetch_number, revision, periods_expected, fetched_at, periods_loaded, onshore_mwh, offshore_mwh)
       values ('2025-01-01', 1, 1, 48, now(), 1, 150.75, 4), ('2025-01-02', 1, 2, 48, now(), 1, 150.76, 4),
              ('2025-01-03', 1, 3, 48, now(), 2, 150.75, 4), ('2025-01-04', 1, null, 48, now(), 0, null, null)`,
    );
    await migration.up(runner);
    const days: unknown = await runner.query(
      `select settlement_date as date, content_hash as hash from ingestion.wind_generation_days order by 1`,
    );
    await dataSource.destroy();
    // Without the noughts at the end of a number.
    const rows = '(1,100.5,1735693200.000000,8,1735693200.000000)(2,201,1735693200.000000,,)';
    expect(days).toEqual([
      { date: '2025-01-01', hash: createHash('md5').update(rows).digest('hex') },
      { date: '2025-01-02', hash: null },
      { date: '2025-01-03', hash: null },
      { date: '2025-01-04', hash: null },
    ]);
  });
});
