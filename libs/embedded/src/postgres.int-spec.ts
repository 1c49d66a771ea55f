import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually, testFolders } from '@app/testing';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from './free-port.js';
import { userForPostgres } from './os-user.js';
import { installedBinaries, usableBinaries } from './postgres-binaries.js';
import { startPostgres } from './postgres.js';
import { isAlive } from './process-table.js';
import type { StateFolders } from './state-folder.js';
import { Supervisor } from './supervisor.js';

const said: string[] = [];
const user = userForPostgres();
let folders: StateFolders;
let port: number;
let supervisor: Supervisor;

const start = async () => {
  supervisor = new Supervisor((line) => said.push(line));
  return startPostgres({ folders, port, supervisor });
};

async function ask<T>(url: string, statement: string): Promise<T | undefined> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: T }>(statement);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

const postmasterOf = async (url: string) =>
  Number((await ask<string>(url, `select split_part(pg_read_file('postmaster.pid'), E'\n', 1) as answer`)) ?? 0);

describe('the embedded PostgreSQL', () => {
  beforeAll(async () => {
    folders = testFolders('postgres');
    port = await freePort();
  });
  afterEach(() => supervisor.stop(3_000));

  it('listens on 127.0.0.1 alone, asks for its password and compiles nothing just in time', async () => {
    const url = await start();

    expect(await ask(url, `select current_setting('listen_addresses') as answer`)).toBe('127.0.0.1');
    expect(await ask(url, `select current_setting('unix_socket_directories') as answer`)).toBe('');
    expect(await ask(url, `select current_setting('jit') as answer`)).toBe('off');
    const guessed = new URL(url);
    guessed.password = 'guessed';
    await expect(ask(guessed.href, 'select 1 as answer')).rejects.toMatchObject({ code: '28P01' });
    expect(lstatSync(join(folders.state, 'postgres.password')).mode & 0o777).toBe(0o600);
  });

  it('goes on with the same data, password and port after a stop', async () => {
    const first = await start();
    await ask(first, 'create table kept as select 42 as answer');
    await supervisor.stop(3_000);

    const second = await start();

    expect(second).toBe(first);
    expect(await ask(second, 'select answer from kept')).toBe(42);
  });

  it('is started again when it is killed, and says so', async () => {
    const url = await start();
    const killed = await postmasterOf(url);

    process.kill(killed, 'SIGKILL');

    await eventually(async () => {
      expect(await postmasterOf(url)).not.toBe(killed);
    });
    expect(said).toContain('postgres died (SIGKILL), starting it again');
  });

  it('stops a server that a killed launcher left on its data', async () => {
    const url = await start();
    await supervisor.stop(3_000);
    const { postgres } = usableBinaries(await installedBinaries(), folders.state, user);
    const data = join(folders.state, 'postgres/data');
    const args = ['-D', data, '-p', String(port), '-c', 'unix_socket_directories='];
    const left = spawn(postgres, args, { cwd: '/', stdio: 'ignore', ...(user && { uid: user.uid, gid: user.gid }) });
    await eventually(() => ask(url, 'select 1 as answer'));

    expect(await start()).toBe(url);

    expect(await postmasterOf(url)).not.toBe(left.pid);
    expect(left.pid !== undefined && isAlive(left.pid)).toBe(false);
  });

  it('leaves a process alone that only has the number of a former server', async () => {
    const url = await start();
    await supervisor.stop(3_000);
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore', ...(user && { uid: user.uid, gid: user.gid }) });
    writeFileSync(join(folders.state, 'postgres/data/postmaster.pid'), `${String(bystander.pid)}\n/elsewhere\n`);

    expect(await start()).toBe(url);

    expect(bystander.pid !== undefined && isAlive(bystander.pid)).toBe(true);
    bystander.kill();
  });

  it('makes its data anew when it was killed while making it', async () => {
    const half = testFolders('half-made');
    mkdirSync(join(half.state, 'postgres/data.1.unfinished'), { recursive: true });
    writeFileSync(join(half.state, 'postgres/data.1.unfinished/PG_VERSION'), '18\n');
    supervisor = new Supervisor(() => undefined);

    const url = await startPostgres({ folders: half, port: await freePort(), supervisor });

    expect(await ask(url, 'select 1 as answer')).toBe(1);
    expect(readdirSync(join(half.state, 'postgres'))).toEqual(['data']);
  });

  it('says what is in the way when its port is taken', async () => {
    await start();
    const other = testFolders('taken');

    const second = startPostgres({ folders: other, port, supervisor: new Supervisor(() => undefined) });

    await expect(second).rejects.toThrow(
      /^postgres ended \(exit code 1\): .*FATAL: {2}could not create any TCP\/IP sockets/,
    );
  });
});

describe('the binaries of PostgreSQL', () => {
  (user === undefined ? it.skip : it)('are copied, with their links, out of a folder only root may enter', async () => {
    const { state } = testFolders('binaries');
    const { postgres } = await installedBinaries();
    const closed = join(state, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const packaged = dirname(dirname(dirname(postgres)));
    cpSync(packaged, closed, { recursive: true, verbatimSymlinks: true });
    const native = join(closed, 'native');
    // As after an install without install scripts.
    for (const name of readdirSync(join(native, 'lib'))) {
      const file = join(native, 'lib', name);
      if (lstatSync(file).isSymbolicLink()) rmSync(file);
    }
    chmodSync(join(native, 'bin/initdb'), 0o700);

    const usable = usableBinaries(
      { postgres: join(native, 'bin/postgres'), initdb: join(native, 'bin/initdb') },
      state,
      user,
    );

    expect(usable.postgres.startsWith(closed)).toBe(false);
    expect(existsSync(usable.postgres)).toBe(true);
    const ids = user && { uid: user.uid, gid: user.gid };
    expect(spawnSync(usable.initdb, ['--version'], { cwd: '/', encoding: 'utf8', ...ids }).stdout).toMatch(/^initdb/);
  });
});
