import { type Service, services } from '@app/domain';
import pg from 'pg';
import { createDataSource } from './data-source.js';

export interface MigrateOptions {
  /** Of the role that owns everything. */
  databaseUrl: string;
  /** Of each service's own role; the password in it becomes the role's password. */
  serviceUrls: Partial<Record<Service, string>>;
}

/**
 * Brings the database to the newest schema and gives each service's role the password of its URL.
 *
 * @returns names of the migrations that ran, empty when there was nothing to do
 * @throws when a URL names another role than `windfall_<service>` (nothing is done then), or a migration fails (it is rolled back)
 */
export async function migrate({ databaseUrl, serviceUrls }: MigrateOptions): Promise<string[]> {
  const logins = services.flatMap((service) => loginsOf(service, serviceUrls[service]));
  const dataSource = createDataSource({ url: databaseUrl, applicationName: 'windfall-migrate', poolSize: 2 });
  await dataSource.initialize();
  const guard = dataSource.createQueryRunner();
  try {
    // TypeORM takes no lock: replicas that start together would run the same migration twice.
    await guard.query(`select pg_advisory_lock(hashtext('windfall migrate'))`);
    const ran = await dataSource.runMigrations();
    for (const { role, password } of logins) {
      // A role's password cannot be a parameter; escapeLiteral is the driver's own quoting.
      await guard.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
    }
    return ran.map((migration) => migration.name);
  } finally {
    // Ends the sessions, and with them the lock.
    await dataSource.destroy();
  }
}

/** The role of a service and the password that its URL has; none when the URL has no password, or there is no URL. */
function loginsOf(service: Service, url: string | undefined): { role: string; password: string }[] {
  if (url === undefined) return [];
  const variable = `${service.toUpperCase()}_DATABASE_URL`;
  if (!URL.canParse(url))
    throw new Error(`${variable} is not a URL such as postgres://user:password@host:5432/database`);
  const { username, password } = new URL(url);
  const role = `windfall_${service}`;
  const user = decodeURIComponent(username);
  if (user !== role) throw new Error(`${variable} must log in as ${role}, not as ${user === '' ? 'nobody' : user}`);
  return password === '' ? [] : [{ role, password: decodeURIComponent(password) }];
}
