import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { Database } from './database.js';
import { describeSchema } from './describe-schema.js';
import { migrate } from './migrate.js';

// dist/libs/database/src/write-schema.js
const file = new URL('../../../../libs/database/schema.sql', import.meta.url);

/** Writes schema.sql from a database that is made, migrated and dropped again on the server that DATABASE_URL names. */
async function main(): Promise<void> {
  const serverUrl = process.env.DATABASE_URL;
  if (serverUrl === undefined) throw new Error('DATABASE_URL is not set: any database of a server, as its owner');
  const name = `windfall_schema_${process.pid}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`create database ${name} template template0`);
  try {
    const url = new URL(serverUrl);
    url.pathname = name;
    await migrate({ databaseUrl: url.href, serviceUrls: {} });
    const database = new Database({ url: url.href, applicationName: 'windfall-write-schema' });
    writeFileSync(file, await describeSchema(database));
    await database.close();
  } finally {
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  }
}

await main();
