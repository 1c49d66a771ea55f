import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, rmSync } from 'node:fs';
import { afterOurDeath } from './after-our-death.js';
import { CannotStart } from './cannot-start.js';
import type { OsUser } from './os-user.js';
import { recordProcess } from './process-record.js';
import { until } from './until.js';

export interface ProcessPlan {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  user?: OsUser | undefined;
  workingFolder: string;
  /** What it prints is appended here. */
  logFile: string;
  /** Where its number is kept while it runs. */
  recordFile: string;
  /** How it ends when we are killed: our services watch their channel to us, for foreign programs a shell watches us. */
  endsWithUs: 'by-channel' | 'by-watcher';
  stopSignal: 'SIGTERM' | 'SIGINT';
  /** For when it does not stop in time. */
  killSignal: 'SIGKILL' | 'SIGQUIT';
  isReady: () => Promise<boolean>;
  readyWithinMs: number;
}

/** One run of a process, from its start to its end. */
export class RunningProcess {
  /** Resolves when it has ended, to how: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<string>;
  hasEnded = false;
  private readonly child: ChildProcess;
  private readonly logStart: number;

  constructor(readonly plan: ProcessPlan) {
    const log = openSync(plan.logFile, 'a', 0o600);
    this.logStart = fstatSync(log).size;
    this.child = spawn(plan.command, plan.args, {
      cwd: plan.workingFolder,
      env: plan.env ?? process.env,
      ...(plan.user && { uid: plan.user.uid, gid: plan.user.gid }),
      stdio: ['ignore', log, log, ...(plan.endsWithUs === 'by-channel' ? (['ipc'] as const) : [])],
      // Its own session: Ctrl-C in the terminal reaches us, and we stop everything in order.
      detached: true,
    });
    closeSync(log);
    const { pid } = this.child;
    if (pid !== undefined) recordProcess(plan.recordFile, pid);
    const forget = pid !== undefined && plan.endsWithUs === 'by-watcher' ? watch(pid, plan.stopSignal) : undefined;
    this.ended = new Promise<string>((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
    }).then((how) => {
      this.hasEnded = true;
      forget?.();
      rmSync(plan.recordFile, { force: true });
      return how;
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** @throws {CannotStart} with the line that tells why, when it ends or the time is over before it is ready */
  async ready(): Promise<void> {
    const { name, isReady, readyWithinMs, logFile } = this.plan;
    const settled = await until(async () => this.hasEnded || (await isReady()), readyWithinMs);
    if (settled && !this.hasEnded) return;
    const what = this.hasEnded ? `ended (${await this.ended})` : `was not ready within ${readyWithinMs / 1_000} s`;
    throw new CannotStart(`${name} ${what}: ${tellingLine(this.printed())} (${logFile})`);
  }

  private printed(): string {
    return readFileSync(this.plan.logFile).subarray(this.logStart).toString();
  }

  async stop(graceMs: number): Promise<void> {
    this.signal(this.plan.stopSignal);
    if (await until(() => this.hasEnded, graceMs)) return;
    this.signal(this.plan.killSignal);
    if (await until(() => this.hasEnded, 500)) return;
    this.signal('SIGKILL');
    await this.ended;
  }
}

function watch(pid: number, stopSignal: string): () => void {
  return afterOurDeath('kill -s "$2" "$1"', String(pid), stopSignal.slice('SIG'.length));
}

/** The last line that speaks of an error, else the last one. */
function tellingLine(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.findLast((line) => /fatal|error/i.test(line)) ?? (lines.at(-1) || 'it printed nothing');
}
