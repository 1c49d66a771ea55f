import { randomBytes } from 'node:crypto';
import { migrate } from '@app/database';
import { freePort, startPostgres, Supervisor } from '@app/embedded';
import { atFileEnd } from './at-file-end.js';
import { type TestDatabase, testDatabaseAt } from './create-test-database.js';
import { serviceUrls } from './service-urls.js';
import { testFolders } from './test-stores.js';

export interface TestPostgres extends TestDatabase {
  /** For tests of what happens meanwhile; the address and the data stay. Sessions are cut off, the data is written out. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would: the next start has to recover. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/** A PostgreSQL of the calling file's own, migrated, which may be stopped without harm to others; it ends with the file. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folders = testFolders('postgres');
  const port = await freePort();
  let supervisor = new Supervisor(() => undefined);
  const start = () => {
    supervisor = new Supervisor(() => undefined);
    // Only the end of the machine would lose what is not synced; a commit is written before it is confirmed.
    return startPostgres({ folders, port, supervisor, settings: ['fsync=off'] });
  };
  const stop = () => supervisor.stop(5_000);
  const databaseUrl = await start();
  atFileEnd(stop);
  const password = randomBytes(16).toString('hex');
  await migrate({ databaseUrl, serviceUrls: serviceUrls(databaseUrl, password) });
  return {
    ...testDatabaseAt(databaseUrl, password),
    stop,
    crash: async () => {
      supervisor.kill();
      await stop();
    },
    start: async () => {
      await start();
    },
  };
}
