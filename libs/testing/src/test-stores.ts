import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, prepareStateFolder, startDynalite, startNats, type StateFolders, Supervisor } from '@app/embedded';
import { atFileEnd } from './at-file-end.js';
import { testEnvironment } from './test-environment.js';

/** Folders of a test's own, deleted at the end of the run. */
export function testFolders(name: string): StateFolders {
  return prepareStateFolder(mkdtempSync(join(testEnvironment().folder, `${name}-`)));
}

export interface TestNats {
  url: string;
  /** Where its streams are. */
  storeFolder: string;
  /** For tests of what happens meanwhile; the address and the streams stay. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A nats-server of the calling file's own, with JetStream; it ends with the file. */
export async function startTestNats(): Promise<TestNats> {
  const folders = testFolders('nats');
  const port = await freePort();
  let supervisor = new Supervisor(() => undefined);
  const start = async () => {
    supervisor = new Supervisor(() => undefined);
    await startNats({ folders, port, supervisor, binary: testEnvironment().natsServerBinary });
  };
  await start();
  const stop = () => supervisor.stop(3_000);
  atFileEnd(stop);
  return { url: `nats://127.0.0.1:${port}`, storeFolder: join(folders.state, 'nats'), start, stop };
}

export interface TestDynamo {
  endpoint: string;
  /** What the AWS client of a service reads; dynalite takes any key. */
  env: Record<string, string>;
}

/** A dynalite of the calling file's own, in memory and without tables; it ends with the file. */
export async function startTestDynamo(): Promise<TestDynamo> {
  const supervisor = new Supervisor(() => undefined);
  const folders = testFolders('dynalite');
  const endpoint = await startDynalite({ folders, port: await freePort(), supervisor, inMemory: true });
  atFileEnd(() => supervisor.stop(1_000));
  const env = {
    DYNAMODB_ENDPOINT: endpoint,
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'dynalite',
    AWS_SECRET_ACCESS_KEY: 'dynalite',
  };
  return { endpoint, env };
}
