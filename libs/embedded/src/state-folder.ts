import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from './cannot-start.js';
import { mayEnter, userForPostgres } from './os-user.js';

/**
 * Where a checkout keeps its stores: in itself, or, when root works in a folder which the user that PostgreSQL runs as
 * may not enter (such as root's own home), below /var/lib.
 */
export function defaultStateFolder(checkout: string): string {
  const user = userForPostgres();
  if (user === undefined || mayEnter(user, checkout)) return join(checkout, '.windfall');
  const name = `${basename(checkout)}-${createHash('sha256').update(checkout).digest('hex').slice(0, 8)}`;
  return join('/var/lib/windfall', name);
}

/** The parts of the state folder that are needed before anything is started. */
export interface StateFolders {
  state: string;
  /** What the processes print. */
  logs: string;
  /** The numbers of the processes. */
  run: string;
}

/**
 * Makes the folder and finds out at once whether it can serve.
 *
 * @throws {CannotStart} saying in one line why it cannot
 */
export function prepareStateFolder(folder: string): StateFolders {
  const user = userForPostgres();
  try {
    makeFolder(folder, user === undefined ? 0o700 : 0o755);
    accessSync(folder, constants.W_OK | constants.X_OK);
    // Entering is not reading: what is secret lies in files that only we may read.
    if (user !== undefined) chmodSync(folder, (statSync(folder).mode & 0o7777) | 0o011);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CannotStart(
      `The state folder ${folder} cannot be used (${reason}): set WINDFALL_HOME to a writable folder`,
    );
  }
  if (user !== undefined && !mayEnter(user, folder)) {
    throw new CannotStart(
      `The state folder ${folder} cannot be entered by ${user.name}, as whom PostgreSQL runs when root starts it: ` +
        'set WINDFALL_HOME to a folder whose parents anyone may enter',
    );
  }
  const folders = { state: folder, logs: join(folder, 'logs'), run: join(folder, 'run') };
  for (const part of [folders.logs, folders.run]) mkdirSync(part, { recursive: true, mode: 0o700 });
  return folders;
}

/** Keeps the number of a process while it runs. */
export function recordFileOf(name: string, { run }: Pick<StateFolders, 'run'>): string {
  return join(run, `${name}.json`);
}

/** Makes the missing folders with the given mode, whatever the umask says. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    return;
  }
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder), mode);
  mkdirSync(folder);
  chmodSync(folder, mode);
}
