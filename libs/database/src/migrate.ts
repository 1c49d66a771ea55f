import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { createDataSource } from './data-source.js';

const services = ['ingestion', 'calculator', 'aggregator', 'reconciler', 'gateway'] as const;

export interface MigrateOptions {
  /** Of the role that owns everything. */
  databaseUrl: string;
  /** Of each service's own role; the password in it becomes the role's password. */
  serviceUrls: Partial<Record<(typeof services)[number], string>>;
}

/**
 * Brings the database to the newest schema and gives each service's role the password of its URL.
 *
 * @returns names of the migrations that ran, empty when there was nothing to do
 * @throws when a URL names another role than `windfall_<service>`, or a migration fails (it is rolled back)
 */
export async function migrate({ databaseUrl, serviceUrls }: MigrateOptions): Promise<string[]> {
  const dataSource = createDataSource({ url: databaseUrl, applicationName: 'windfall-migrate', poolSize: 2 });
  await dataSource.initialize();
  const guard = dataSource.createQueryRunner();
  try {
    // TypeORM takes no lock: replicas that start together would run the same migration twice.
    await guard.query(`select pg_advisory_lock(hashtext('windfall migrate'))`);
    const ran = await dataSource.runMigrations();
    for (const service of services) {
      const url = serviceUrls[service];
      if (url !== undefined) await setPassword(databaseUrl, service, url);
    }
    return ran.map((migration) => migration.name);
  } finally {
    await guard.query(`select pg_advisory_unlock(hashtext('windfall migrate'))`);
    await guard.release();
    await dataSource.destroy();
  }
}

async function setPassword(databaseUrl: string, service: string, url: string): Promise<void> {
  const { username, password } = new URL(url);
  const role = `windfall_${service}`;
  if (decodeURIComponent(username) !== role) {
    throw new Error(`${service.toUpperCase()}_DATABASE_URL must log in as ${role}, not as ${username}`);
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // A role's password cannot be a parameter; escapeLiteral is the driver's own quoting.
    await client.query(`alter role ${role} password ${client.escapeLiteral(decodeURIComponent(password))}`);
  } finally {
    await client.end();
  }
}

async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set: the database to migrate, as its owner');
  const serviceUrls = Object.fromEntries(
    services.map((service) => [service, process.env[`${service.toUpperCase()}_DATABASE_URL`]]),
  );
  const ran = await migrate({ databaseUrl, serviceUrls });
  console.log(ran.length === 0 ? 'The schema is up to date' : `Migrated: ${ran.join(', ')}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
