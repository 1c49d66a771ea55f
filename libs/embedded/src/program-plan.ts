import { join } from 'node:path';
import { isServing } from './is-serving.js';
import { type ProcessPlan } from './run-process.js';
import { recordFileOf, type StateFolders } from './state-folder.js';

/**
 * What comes from the network is held outside of the heap by small objects inside of it, and is given back once the young
 * generation is cleared of them: half of its usual size is full sooner. The old one is cleared when it has doubled. A month of
 * busy days then takes ingestion 80 MB less, and its memory stays flat from the first days on; it takes hardly longer.
 */
const nodeArguments = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/**
 * How one of our own programs is run.
 *
 * @param name     of its log
 * @param program  a file of JavaScript
 * @param readyUrl answers 200 once it can do its work
 */
export function programPlan(
  name: string,
  program: string,
  readyUrl: string,
  env: NodeJS.ProcessEnv,
  folders: StateFolders,
): ProcessPlan {
  return {
    name,
    command: process.execPath,
    args: [...nodeArguments, program],
    env,
    workingFolder: folders.state,
    logFile: join(folders.logs, `${name}.log`),
    recordFile: recordFileOf(name, folders),
    endsWithUs: 'by-channel',
    stopSignal: 'SIGTERM',
    killSignal: 'SIGKILL',
    isReady: () => isServing(readyUrl),
    readyWithinMs: 60_000,
  };
}
