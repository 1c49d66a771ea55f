import { services } from '@app/domain';
import { migrate } from './migrate.js';

/** Migrates the database that DATABASE_URL names, with the roles of the services' own URLs. */
async function main(): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL;
  if (databaseUrl === undefined) throw new Error('DATABASE_URL is not set: the database to migrate, as its owner');
  const serviceUrls = Object.fromEntries(
    services.map((service) => [service, process.env[`${service.toUpperCase()}_DATABASE_URL`]]),
  );
  const ran = await migrate({ databaseUrl, serviceUrls });
  console.log(ran.length === 0 ? 'The schema is up to date' : `Migrated: ${ran.join(', ')}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
