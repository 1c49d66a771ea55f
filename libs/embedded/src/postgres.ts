import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { CannotStart } from './cannot-start.js';
import { type OsUser, userForPostgres } from './os-user.js';
import { type PostgresBinaries, installedBinaries, usableBinaries } from './postgres-binaries.js';
import { stopLeftover, stopRecordedProcess } from './process-record.js';
import { commandLineOf } from './process-table.js';
import { keptSecret } from './kept-secret.js';
import type { StoreOptions } from './store-options.js';

/** The role that owns the cluster and, through the migrations, everything in it. */
const owner = 'windfall';

export interface PostgresOptions extends StoreOptions {
  /** Server settings besides our own, such as `fsync=off` for tests. */
  settings?: readonly string[];
}

/**
 * Starts PostgreSQL on 127.0.0.1 with its data in the state folder, which is made on the first start.
 *
 * @returns the address of its database `windfall`, with the owner's name and password
 */
export async function startPostgres(options: PostgresOptions): Promise<string> {
  const { folders, port, supervisor, settings = [] } = options;
  const user = userForPostgres();
  const binaries = usableBinaries(await installedBinaries(), folders.state, user);
  const password = keptSecret(join(folders.state, 'postgres.password'));
  const folder = join(folders.state, 'postgres');
  const data = join(folder, 'data');
  const recordFile = join(folders.run, 'postgres.json');
  await stopRecordedProcess(recordFile, 'SIGINT');
  await stopServerOf(data);
  if (!existsSync(data)) await initialise(binaries, folder, data, password, user, options.abort);
  refuseForeignData(data, user);

  const address = new URL(`postgresql://${owner}@127.0.0.1:${port}/postgres`);
  address.password = password;
  const own = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    // Five services with a pool each, and as many again while they are replaced.
    'max_connections=200',
    // Just-in-time compilation makes short statements on estimated-large plans up to a hundred times slower.
    'jit=off',
  ];
  await supervisor.start({
    name: 'postgres',
    command: binaries.postgres,
    args: ['-D', data, '-p', String(port), ...[...own, ...settings].flatMap((setting) => ['-c', setting])],
    user,
    workingFolder: folder,
    logFile: join(folders.logs, 'postgres.log'),
    recordFile,
    endsWithUs: 'by-watcher',
    // "Fast": sessions are cut off, the data is written out. SIGTERM would wait for every client to leave.
    stopSignal: 'SIGINT',
    // "Immediate": the server ends its own children too, which SIGKILL would leave behind.
    killSignal: 'SIGQUIT',
    isReady: () => answers(address.href),
    readyWithinMs: 60_000,
  });
  await createDatabase(address.href);
  address.pathname = owner;
  return address.href;
}

/** Makes the cluster beside its place and moves it there, so that a half-made one is never taken for whole. */
async function initialise(
  { initdb }: PostgresBinaries,
  folder: string,
  data: string,
  password: string,
  user: OsUser | undefined,
  abort: AbortSignal | undefined,
): Promise<void> {
  // Of this process: a killed launcher's initdb may still be busy with its own.
  const unfinished = join(folder, `data.${process.pid}.unfinished`);
  const passwordFile = join(folder, `password.${process.pid}.unfinished`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const left of readdirSync(folder).filter((name) => name.endsWith('.unfinished'))) {
    rmSync(join(folder, left), { recursive: true, force: true });
  }
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  try {
    await promisify(execFile)(
      initdb,
      [
        ...['-D', unfinished, '-U', owner, '-A', 'scram-sha-256', '--pwfile', passwordFile, '-E', 'UTF8'],
        // The same order of text on every system.
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      { cwd: folder, ...(user && { uid: user.uid, gid: user.gid }), ...(abort && { signal: abort }) },
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new CannotStart(`PostgreSQL's data could not be made in ${folder}: ${stderr?.trim() || String(error)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, data);
}

/** Ends a server that a killed launcher left on this data, and lifts a lock that names a process which is no server. */
async function stopServerOf(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  const commandLine = commandLineOf(pid);
  // The lock of a dead server is the next server's business: it also looks for that one's orphaned children.
  if (commandLine === undefined) return;
  if (commandLine.includes(data)) await stopLeftover(pid, 'SIGINT');
  // Its number was given to another process since, for instance in a new container; the server would refuse to start.
  else rmSync(lock, { force: true });
}

function refuseForeignData(data: string, user: OsUser | undefined): void {
  if (statSync(data).uid === (user?.uid ?? process.getuid?.())) return;
  throw new CannotStart(`${data} belongs to another user: start as the one who made it, or set WINDFALL_HOME`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks after it was made is reported here, and would end this process if nobody listened.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [owner]);
    if (rowCount === 0) await client.query(`create database ${owner}`);
  } finally {
    await client.end();
  }
}
