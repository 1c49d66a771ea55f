import { defaultStateFolder, findRecordedProcess, prepareStateFolder } from '@app/embedded';
import { addOperatorKey, type Scope } from './operator-keys.js';
import { checkout, recordFileOf } from './service-plan.js';
import type { Settings } from './settings.js';

/** Makes a key, prints it, and has a running stack take it at once. */
export function makeOperatorKey({ stateFolder }: Settings, scopes: readonly Scope[]): void {
  const folders = prepareStateFolder(stateFolder ?? defaultStateFolder(checkout));
  process.stdout.write(`Operator key: ${addOperatorKey(folders.state, scopes)}\n`);
  const launcher = findRecordedProcess(recordFileOf('launcher', folders));
  if (launcher !== undefined) process.kill(launcher, 'SIGUSR2');
}
