import { execFileSync, spawnSync } from 'node:child_process';
import { CannotStart } from './cannot-start.js';

export interface OsUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * PostgreSQL refuses to run as root. `nobody` is there on every system, so nothing has to be created for it.
 *
 * @returns undefined unless we are root
 */
export function userForPostgres(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const name = 'nobody';
  try {
    const [uid, gid] = ['-u', '-g'].map((option) => Number(execFileSync('id', [option, name], { stdio: 'pipe' })));
    if (uid !== undefined && gid !== undefined) return { name, uid, gid };
  } catch {
    // Said below.
  }
  throw new CannotStart('PostgreSQL does not run as root and this system has no user nobody: start as a normal user');
}

/** Whether the user may go into the folder, through all of its parents. Asks the system instead of reading modes. */
export function mayEnter(user: OsUser, folder: string): boolean {
  const { uid, gid } = user;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { uid, gid, cwd: '/', stdio: 'ignore' }).status === 0;
}
