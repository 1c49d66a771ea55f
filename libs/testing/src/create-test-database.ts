import { randomBytes } from 'node:crypto';
import { type Service } from '@app/domain';
import pg from 'pg';
import { atFileEnd } from './at-file-end.js';
import { serviceUrls } from './service-urls.js';
import { templateDatabase, testEnvironment } from './test-environment.js';

export interface TestDatabase {
  /** As the role that owns everything. */
  ownerUrl: string;
  /** As each service's own role. */
  urls: Record<Service, string>;
  /** The same for a process: DATABASE_URL and each <SERVICE>_DATABASE_URL. */
  env: Record<string, string>;
}

/** A migrated, empty database of the calling file's own; it is dropped when the file is through. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { databaseUrl, servicePassword } = testEnvironment();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(databaseUrl, `create database ${name} template ${templateDatabase}`);
  atFileEnd(() => execute(databaseUrl, `drop database ${name} with (force)`));
  const owner = new URL(databaseUrl);
  owner.pathname = name;
  return testDatabaseAt(owner.href, servicePassword);
}

/** The addresses of a migrated database. */
export function testDatabaseAt(ownerUrl: string, servicePassword: string): TestDatabase {
  const urls = serviceUrls(ownerUrl, servicePassword);
  const env: Record<string, string> = { DATABASE_URL: ownerUrl };
  for (const [service, url] of Object.entries(urls)) env[`${service.toUpperCase()}_DATABASE_URL`] = url;
  return { ownerUrl, urls, env };
}

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
