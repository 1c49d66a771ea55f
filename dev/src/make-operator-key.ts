import { findRecordedProcess, prepareStateFolder, recordFileOf, runningHomeFolder } from '@app/embedded';
import { addOperatorKey, type Scope } from './operator-keys.js';
import { checkout } from './service-plan.js';
import type { Settings } from './settings.js';

/** Makes a key, prints it, and has a running stack take it at once. */
export function makeOperatorKey(settings: Settings, scopes: readonly Scope[]): void {
  const folders = prepareStateFolder(runningHomeFolder({ checkout, ...settings }));
  process.stdout.write(`Operator key: ${addOperatorKey(folders.state, scopes)}\n`);
  const launcher = findRecordedProcess(recordFileOf('launcher', folders));
  if (launcher !== undefined) process.kill(launcher, 'SIGUSR2');
}
