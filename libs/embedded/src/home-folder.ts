import { join } from 'node:path';
import { findRecordedProcess } from './process-record.js';
import { defaultStateFolder, recordFileOf } from './state-folder.js';

/** What decides where a stack keeps its state. */
export interface Home {
  /** Folder of the checkout that it runs from. */
  checkout: string;
  /** As its user wants it. */
  stateFolder: string | undefined;
}

/** Where the stack keeps its state: simulated days and real ones lie apart, so that neither passes for the other. */
export function homeFolder({ checkout, stateFolder }: Home, simulated: boolean): string {
  if (stateFolder !== undefined) return stateFolder;
  const home = defaultStateFolder(checkout);
  return simulated ? join(home, 'demo') : home;
}

/** Of the stack that runs; of the real one when none does. */
export function runningHomeFolder(home: Home): string {
  const demo = homeFolder(home, true);
  const runs = findRecordedProcess(recordFileOf('launcher', { run: join(demo, 'run') })) !== undefined;
  return runs ? demo : homeFolder(home, false);
}

/** Holds the key that the launcher prints. */
export function operatorKeyFile(stateFolder: string): string {
  return join(stateFolder, 'operator.key');
}
