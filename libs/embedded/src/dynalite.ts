import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isServing } from './is-serving.js';
import { stopRecordedProcess } from './process-record.js';
import type { StoreOptions } from './store-options.js';

export interface DynaliteOptions extends StoreOptions {
  /** Forgets everything when it ends, for tests. */
  inMemory?: boolean;
}

/** Starts dynalite, which speaks DynamoDB's API, on 127.0.0.1 with its tables in the state folder; returns its address. */
export async function startDynalite(options: DynaliteOptions): Promise<string> {
  const { folders, port, supervisor, inMemory = false } = options;
  const recordFile = join(folders.run, 'dynalite.json');
  await stopRecordedProcess(recordFile, 'SIGTERM');
  const program = createRequire(import.meta.url).resolve('dynalite/cli.js');
  const place = inMemory ? [] : ['--path', join(folders.state, 'dynalite')];
  const address = `http://127.0.0.1:${port}`;
  await supervisor.start({
    name: 'dynalite',
    command: process.execPath,
    args: [program, '--host', '127.0.0.1', '--port', String(port), '--createTableMs', '0', ...place],
    workingFolder: folders.state,
    logFile: join(folders.logs, 'dynalite.log'),
    recordFile,
    endsWithUs: 'by-watcher',
    stopSignal: 'SIGTERM',
    killSignal: 'SIGKILL',
    isReady: () => isServing(address),
    readyWithinMs: 30_000,
  });
  return address;
}
