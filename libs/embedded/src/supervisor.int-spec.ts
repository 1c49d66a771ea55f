import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, testFolders } from '@app/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CannotStart } from './cannot-start.js';
import { findRecordedProcess, recordProcess, stopRecordedProcess } from './process-record.js';
import { isAlive } from './process-table.js';
import type { ProcessPlan } from './run-process.js';
import type { StateFolders } from './state-folder.js';
import { Supervisor } from './supervisor.js';

/** Runs a line of JavaScript, for ever unless it ends itself. */
function plan(folders: StateFolders, script: string, changes: Partial<ProcessPlan> = {}): ProcessPlan {
  return {
    name: 'worker',
    command: process.execPath,
    args: ['-e', `${script}; setInterval(() => {}, 1000)`],
    env: { GREETING: 'first' },
    workingFolder: folders.state,
    logFile: join(folders.logs, 'worker.log'),
    recordFile: join(folders.run, 'worker.json'),
    endsWithUs: 'by-watcher',
    stopSignal: 'SIGTERM',
    killSignal: 'SIGKILL',
    isReady: () => Promise.resolve(existsSync(join(folders.state, 'ready'))),
    readyWithinMs: 20_000,
    ...changes,
  };
}
const ready = `fs.writeFileSync('ready', process.env.GREETING)`;

describe('a supervised process', () => {
  let folders: StateFolders;
  let said: string[];
  let supervisor: Supervisor;
  const pid = () => findRecordedProcess(join(folders.run, 'worker.json'));
  const greeting = () => readFileSync(join(folders.state, 'ready'), 'utf8');

  beforeEach(() => {
    folders = testFolders('supervisor');
    said = [];
    supervisor = new Supervisor((line) => said.push(line));
  });
  afterEach(() => supervisor.stop(0));

  it('is started again each time it dies', async () => {
    await supervisor.start(plan(folders, ready));
    for (const deaths of [1, 2]) {
      const before = pid() ?? 0;
      process.kill(before, 'SIGKILL');
      await eventually(() => expect([undefined, before]).not.toContain(pid()));
      expect(said).toHaveLength(deaths);
    }
    expect(said[0]).toBe('worker died (SIGKILL), starting it again');
  });

  it('is not started again when it never was ready, which says why', async () => {
    const broken = plan(folders, `console.error('Error: no room'); console.error('bye'); process.exit(3)`);

    await expect(supervisor.start(broken)).rejects.toThrow(
      new CannotStart(`worker ended (exit code 3): Error: no room (${broken.logFile})`),
    );
    expect(said).toEqual([]);
  });

  it('says what is missing when its program is', async () => {
    const missing = plan(folders, '', { command: '/nowhere/worker' });
    await expect(supervisor.start(missing)).rejects.toThrow(/^worker ended \(spawn \/nowhere\/worker ENOENT\)/);
  });

  it('is killed when it does not stop', async () => {
    await supervisor.start(plan(folders, `process.on('SIGTERM', () => {}); ${ready}`));
    const running = pid() ?? 0;

    await supervisor.stop(100);

    expect(isAlive(running)).toBe(false);
    expect(said).toEqual([]);
  });

  it('is stopped while it is not yet ready', async () => {
    const starting = supervisor.start(plan(folders, ''));
    const refused = expect(starting).rejects.toThrow(/^worker ended/);
    const running = pid() ?? 0;

    await supervisor.stop(1_000);

    await refused;
    expect(isAlive(running)).toBe(false);
  });

  it('can be given another environment', async () => {
    const worker = await supervisor.start(plan(folders, ready));
    expect(greeting()).toBe('first');

    await worker.restartWith({ GREETING: 'second' });

    await eventually(() => expect(greeting()).toBe('second'));
    expect(said).toEqual([]);
  });
});

describe('a process that its launcher left behind', () => {
  it('is found by its record and stopped', async () => {
    const { run } = testFolders('left');
    const left = spawn('sleep', ['60'], { stdio: 'ignore' });
    const file = join(run, 'left.json');
    recordProcess(file, left.pid ?? 0);

    await stopRecordedProcess(file, 'SIGTERM');

    expect(isAlive(left.pid ?? 0)).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('is not confused with a later one that has its number', async () => {
    const { run } = testFolders('reused');
    const file = join(run, 'left.json');
    writeFileSync(file, JSON.stringify({ pid: process.pid, identity: 'of another start' }));

    expect(findRecordedProcess(file)).toBeUndefined();
    await stopRecordedProcess(file, 'SIGKILL');
  });
});

describe('what is to be done after our death', () => {
  it('is done when we are killed', async () => {
    const { state } = testFolders('death');
    const file = join(state, 'done');
    const library = join(process.cwd(), 'dist/libs/embedded/src/index.js');
    const script = `import { afterOurDeath } from '${library}';
      afterOurDeath('echo done > "$1"', '${file}'); console.log('set'); setInterval(() => {}, 1000)`;
    const dying = spawn(process.execPath, ['--input-type=module', '-e', script]);
    await new Promise((resolve) => dying.stdout.once('data', resolve));

    dying.kill('SIGKILL');

    await eventually(() => expect(readFileSync(file, 'utf8')).toBe('done\n'));
  });
});
