import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

// A bare Debian has no `ps`, so Linux is asked through /proc.
const onLinux = process.platform === 'linux';

/** Tells a process from any other that has or will have its number; undefined when there is no such process. */
export function identityOf(pid: number): string | undefined {
  if (!onLinux) return ask('lstart=', pid);
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses, which may itself hold blanks and parentheses.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended; where the first process of a container collects nobody, it stays listed for ever.
  if (state === 'Z' || state === 'X') return undefined;
  const startedAtTick = fields[18] ?? '';
  return `${read('/proc/sys/kernel/random/boot_id')?.trim() ?? ''} ${startedAtTick}`;
}

export function isAlive(pid: number): boolean {
  return identityOf(pid) !== undefined;
}

export function commandLineOf(pid: number): string | undefined {
  return onLinux ? read(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ') : ask('command=', pid);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ask(column: string, pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}
