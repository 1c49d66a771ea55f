import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, type StateFolders } from '@app/embedded';

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
