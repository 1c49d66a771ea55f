import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { identityOf } from './process-table.js';
import { until } from './until.js';

interface ProcessRecord {
  pid: number;
  identity: string;
}

/** Notes a process in a file, so that a later launcher finds it even when this one is killed. */
export function recordProcess(file: string, pid: number): void {
  const identity = identityOf(pid);
  if (identity !== undefined) writeFileSync(file, JSON.stringify({ pid, identity } satisfies ProcessRecord));
}

/** The number of the recorded process while it is alive; never that of another process which got its number. */
export function findRecordedProcess(file: string): number | undefined {
  let record: ProcessRecord;
  try {
    record = JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
  return identityOf(record.pid) === record.identity ? record.pid : undefined;
}

/** Stops a process that an earlier, killed launcher left behind, and forgets it. */
export async function stopRecordedProcess(file: string, stopSignal: NodeJS.Signals): Promise<void> {
  const pid = findRecordedProcess(file);
  if (pid !== undefined) await stopLeftover(pid, stopSignal);
  rmSync(file, { force: true });
}

/** Asks a process that is not our child to end, and ends it when it does not. */
export async function stopLeftover(pid: number, stopSignal: NodeJS.Signals): Promise<void> {
  const identity = identityOf(pid);
  const isGone = () => identityOf(pid) !== identity;
  for (const signal of [stopSignal, 'SIGKILL'] as const) {
    if (isGone()) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await until(isGone, 3_000);
  }
}
