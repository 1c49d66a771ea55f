import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { programPlan, RunningProcess, type StateFolders } from '@app/embedded';

// This file is dist/bench/src/services.js.
const dist = fileURLToPath(new URL('../../', import.meta.url));

/** Runs one of our own programs, and waits until it answers at the given address. */
export async function startProgram(
  program: string,
  readyUrl: string,
  env: NodeJS.ProcessEnv,
  folders: StateFolders,
): Promise<RunningProcess> {
  const name = program.replaceAll('/', '-');
  const plan = programPlan(name, join(dist, program), readyUrl, { PATH: process.env.PATH, ...env }, folders);
  const running = new RunningProcess(plan);
  await running.ready();
  return running;
}

/** Memory that a process occupies at present, in MB. */
export async function residentMb({ pid }: RunningProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}
