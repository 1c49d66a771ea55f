import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '@app/database';
import {
  afterOurDeath,
  freePort,
  isAlive,
  natsServerBinary,
  prepareStateFolder,
  startPostgres,
  stopRecordedProcess,
  Supervisor,
} from '@app/embedded';
import pg from 'pg';
import { serviceUrls } from './service-urls.js';
import { templateDatabase } from './test-environment.js';

// dist/libs/testing/src/test-run.js
const checkout = fileURLToPath(new URL('../../../../', import.meta.url));
const prefix = 'windfall-test-';
const supervisor = new Supervisor((line) => console.error(line));
let folder: string | undefined;
let forget: (() => void) | undefined;

/** Starts what all test files share: one PostgreSQL with a migrated template, on a free port. */
export async function startTestRun(): Promise<void> {
  await removeKilledRuns();
  folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const folders = prepareStateFolder(folder);
  forget = afterOurDeath(
    'while read -r pid < "$1/postgres/data/postmaster.pid" && kill -0 "$pid"; do sleep 0.1; done; rm -rf "$1"',
    folder,
  );
  const binary = await natsServerBinary({
    env: process.env,
    folder: join(checkout, '.windfall/bin'),
    say: (line) => console.error(line),
  });
  const databaseUrl = await startPostgres({
    folders,
    port: await freePort(),
    supervisor,
    settings: ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'],
  });
  const password = randomBytes(16).toString('hex');
  await createTemplate(databaseUrl, password);
  Object.assign(process.env, {
    WINDFALL_TEST_FOLDER: folder,
    WINDFALL_TEST_DATABASE_URL: databaseUrl,
    WINDFALL_TEST_SERVICE_PASSWORD: password,
    WINDFALL_TEST_NATS_SERVER_BIN: binary,
  });
}

export async function stopTestRun(): Promise<void> {
  await supervisor.stop(3_000);
  forget?.();
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

async function createTemplate(databaseUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`create database ${templateDatabase}`);
  await client.end();
  const template = new URL(databaseUrl);
  template.pathname = templateDatabase;
  await migrate({ databaseUrl: template.href, serviceUrls: serviceUrls(template.href, password) });
}

/** Where even the shell that watches a run was killed, the next run clears away. */
async function removeKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    if (isAlive(owner)) continue;
    const left = join(tmpdir(), name);
    try {
      await stopRecordedProcess(join(left, 'run/postgres.json'), 'SIGINT');
      rmSync(left, { recursive: true, force: true });
    } catch {
      // Another user's, who will clear it away.
    }
  }
}
