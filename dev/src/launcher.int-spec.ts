import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterOurDeath, freePort, isAlive } from '@app/embedded';
import { createTestDatabase, eventually, startTestDynamo, startTestNats, testFolders } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { difficultyTable } from './difficulty-store.js';

const patienceMs = 120_000;
const main = join(process.cwd(), 'dist/dev/src/main.js');

class Launcher {
  stdout = '';
  stderr = '';
  readonly exit: Promise<number | NodeJS.Signals>;
  private readonly child: ChildProcess;

  constructor(args: string[], env: Record<string, string>) {
    // Nothing of this is to reach the real feed, or what the shell of a developer names.
    const { PATH, WINDFALL_TEST_NATS_SERVER_BIN: NATS_SERVER_BIN } = process.env;
    const surroundings = { PATH, NATS_SERVER_BIN, SCHEDULES: 'off', ...env };
    this.child = spawn(process.execPath, [main, ...args], { env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (text: Buffer) => (this.stdout += text.toString()));
    this.child.stderr?.on('data', (text: Buffer) => (this.stderr += text.toString()));
    const forget = afterOurDeath('kill -s TERM "$1"', String(this.child.pid));
    this.exit = once(this.child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => {
      forget();
      return code ?? signal ?? -1;
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async serving(): Promise<void> {
    const hasEnded = this.exit.then((code) => Promise.reject(new Error(`ended with ${code}: ${this.stderr}`)));
    await Promise.race([eventually(() => expect(this.stderr).toContain('Serving'), patienceMs), hasEnded]);
  }

  line(name: string): string | undefined {
    return new RegExp(`^${name}: (.*)$`, 'm').exec(this.stdout)?.[1];
  }
}

/** The processes that the launcher of a state folder runs, by name. */
function processesOf(stateFolder: string): Map<string, number> {
  const run = join(stateFolder, 'run');
  const records = readdirSync(run).map((file) => {
    const { pid } = JSON.parse(readFileSync(join(run, file), 'utf8')) as { pid: number };
    return [file.replace('.json', ''), pid] as const;
  });
  return new Map(records);
}

describe('the launcher on live addresses', () => {
  let stateFolder: string;
  let env: Record<string, string>;
  let launcher: Launcher;

  beforeAll(async () => {
    stateFolder = testFolders('launcher').state;
    env = { WINDFALL_HOME: stateFolder, PORT: String(await freePort()), ELEXON_BASE_URL: 'http://127.0.0.1:9' };
    launcher = new Launcher(['start'], env);
    await launcher.serving();
  }, patienceMs);
  afterAll(async () => {
    launcher.kill('SIGTERM');
    await launcher.exit;
  });

  it('prints where the gateway and its documentation are, and the key; every service is up', () => {
    expect(launcher.stdout).toMatch(
      new RegExp(
        `^Gateway: http://127.0.0.1:${env.PORT ?? ''}\n` +
          `Swagger UI: http://127.0.0.1:${env.PORT ?? ''}/docs\n` +
          'Operator key: [\\w-]{43}\n$',
      ),
    );
    expect([...processesOf(stateFolder).keys()].sort()).toEqual([
      'aggregator',
      'calculator',
      'dynalite',
      'gateway',
      'ingestion',
      'launcher',
      'nats',
      'postgres',
      'reconciler',
    ]);
  });

  it('refuses to run twice on the same state', async () => {
    const second = new Launcher(['start'], { ...env, PORT: String(await freePort()) });

    expect(await second.exit).toBe(1);
    expect(second.stderr).toMatch(/^Windfall already runs on .* \(process \d+\): stop it, or set WINDFALL_HOME\n$/);
  });

  it('starts a service and a store again that were killed', async () => {
    const before = processesOf(stateFolder);
    const killed = ['gateway', 'nats', 'postgres', 'dynalite'];
    for (const name of killed) process.kill(before.get(name) ?? 0, 'SIGKILL');

    await eventually(async () => {
      const after = processesOf(stateFolder);
      for (const name of killed) expect([before.get(name), undefined]).not.toContain(after.get(name));
      expect((await fetch(`${launcher.line('Gateway') ?? ''}/health/ready`)).status).toBe(200);
    }, patienceMs);
    expect(launcher.stderr).toContain('gateway died (SIGKILL), starting it again');
  }, 150_000);

  it('makes a further key that the running gateway takes, with its own scopes', async () => {
    const made = new Launcher(['operator-key', '--scopes', 'verify'], env);
    expect(await made.exit).toBe(0);
    const key = made.line('Operator key') ?? '';

    await eventually(async () => {
      const response = await fetch(`${launcher.line('Gateway') ?? ''}/api/reconciliation/jobs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ kind: 'ingest', date: '2025-05-26' }),
      });
      // An unknown key is 401; this one is known and may verify, but not repair.
      expect(response.status).toBe(403);
    }, patienceMs);
  }, 150_000);

  it('goes on with the same state after it was killed, and then ends everything within 5 s', async () => {
    const orphans = processesOf(stateFolder);
    launcher.kill('SIGKILL');
    await launcher.exit;
    const key = launcher.line('Operator key');

    launcher = new Launcher(['start'], env);
    await launcher.serving();

    expect(launcher.line('Operator key')).toBe(key);
    expect([...orphans.values()].filter(isAlive)).toEqual([]);
    const running = [...processesOf(stateFolder).values()];
    const toldAt = performance.now();
    launcher.kill('SIGTERM');
    expect(await launcher.exit).toBe(0);
    expect(performance.now() - toldAt).toBeLessThan(5_000);
    expect(running.filter(isAlive)).toEqual([]);
    expect(readdirSync(join(stateFolder, 'run'))).toEqual([]);
  }, 150_000);

  it('leaves nothing when it is interrupted while it starts, and says so by its exit code', async () => {
    const interrupted = new Launcher(['start'], env);
    await eventually(() => expect(processesOf(stateFolder).has('postgres')).toBe(true));
    const running = [...processesOf(stateFolder).values()];

    interrupted.kill('SIGINT');

    expect(await interrupted.exit).toBe(130);
    expect(running.filter(isAlive)).toEqual([]);
    expect(interrupted.stdout).toBe('');
  });

  it('says in one line that its port is in use', async () => {
    const server = createServer().listen(Number(env.PORT));
    await once(server, 'listening');

    const refused = new Launcher(['start'], env);

    expect(await refused.exit).toBe(1);
    expect(refused.stderr).toBe(
      `Port ${env.PORT ?? ''} is in use: stop what listens there, or set PORT to another one\n`,
    );
    server.close();
  });
});

describe('the launcher on stores of others', () => {
  it('starts nothing that is named in the environment', async () => {
    const [database, nats, dynamo] = [await createTestDatabase(), await startTestNats(), await startTestDynamo()];
    Object.assign(process.env, dynamo.env);
    await difficultyTable(process.env).ensure();
    const stateFolder = testFolders('external').state;
    const elsewhere = { ...database.env, NATS_URL: nats.url, ...dynamo.env, ELEXON_BASE_URL: 'http://127.0.0.1:9' };
    const launcher = new Launcher(['start'], { ...elsewhere, WINDFALL_HOME: stateFolder, PORT: '0' });
    await launcher.serving();

    expect([...processesOf(stateFolder).keys()].sort()).toEqual([
      'aggregator',
      'calculator',
      'gateway',
      'ingestion',
      'launcher',
      'reconciler',
    ]);
    // An external table is its owner's to fill.
    expect(launcher.stderr).toContain('No difficulty is known');

    launcher.kill('SIGTERM');
    expect(await launcher.exit).toBe(0);
  }, 150_000);
});

describe('npm run demo -- --once', () => {
  it('ingests a windy day, a quiet one and those of 46 and 50 periods, and ends with 0', async () => {
    const env = { WINDFALL_HOME: testFolders('demo').state, PORT: '0' };
    const demo = new Launcher(['demo', '--once'], env);

    const code = await demo.exit;

    expect(demo.stderr).not.toContain('Not every day');
    const [feed, , , , ...days] = demo.stdout.trimEnd().split('\n');
    expect(feed).toBe('Feed: simulated');
    expect(days.map((line) => line.split('  ').slice(0, 2))).toEqual([
      ['2025-05-26', '48/48 periods'],
      ['2025-05-24', '48/48 periods'],
      ['2026-03-29', '46/46 periods'],
      ['2025-10-26', '50/50 periods'],
    ]);
    for (const day of days) {
      expect(day).toMatch(
        /^\S+ {2}\S+ periods {2}\d+ records {2}\d+ combinations {2}[\d.]+ MWh {2}GBP -?\d+\.\d\d {2}(\w+ \d+\.\d{8} BTC {2}){3}complete$/,
      );
    }
    expect(code).toBe(0);
  }, 180_000);
});
