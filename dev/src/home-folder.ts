import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, defaultStateFolder, findRecordedProcess, type StateFolders } from '@app/embedded';
import { checkout, recordFileOf } from './service-plan.js';
import type { Settings } from './settings.js';

/** Where the stack keeps its state: simulated days and real ones lie apart, so that neither passes for the other. */
export function homeFolder({ stateFolder }: Settings, simulated: boolean): string {
  const home = defaultStateFolder(checkout);
  return stateFolder ?? (simulated ? join(home, 'demo') : home);
}

/** Of the stack that runs; of the real one when none does. */
export function runningHomeFolder(settings: Settings): string {
  const demo = homeFolder(settings, true);
  const runs = findRecordedProcess(recordFileOf('launcher', { run: join(demo, 'run') })) !== undefined;
  return runs ? demo : homeFolder(settings, false);
}

/**
 * Notes of which feed the days of a state folder are.
 *
 * @throws {CannotStart} when it holds days of the other kind
 */
export function requireSameFeed({ state }: Pick<StateFolders, 'state'>, simulated: boolean): void {
  const file = join(state, 'feed');
  const feed = simulated ? 'simulated' : 'real';
  if (!existsSync(file)) writeFileSync(file, `${feed}\n`);
  const kept = readFileSync(file, 'utf8').trim();
  if (kept === feed) return;
  throw new CannotStart(
    `The state folder ${state} holds days of the ${kept} feed: set WINDFALL_HOME to another folder for the ${feed} one`,
  );
}
