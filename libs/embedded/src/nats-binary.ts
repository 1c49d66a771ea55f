import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from './cannot-start.js';

const run = promisify(execFile);
const advice =
  'install it (Debian, Ubuntu: apt-get install nats-server; macOS: brew install nats-server) or set NATS_SERVER_BIN';

export interface NatsBinaryOptions {
  /** Of this process: NATS_SERVER_BIN and PATH. */
  env: NodeJS.ProcessEnv;
  /** Where a fetched server is kept. */
  folder: string;
  say: (line: string) => void;
  abort?: AbortSignal | undefined;
}

/** The server of NATS_SERVER_BIN, of PATH, or else of the distribution's package, fetched once into the folder. */
export async function natsServerBinary({ env, folder, say, abort }: NatsBinaryOptions): Promise<string> {
  const named = env.NATS_SERVER_BIN;
  if (named) {
    if (isProgram(named)) return named;
    throw new CannotStart(`NATS_SERVER_BIN names ${named}, which cannot be run`);
  }
  // Debian installs it into sbin, which is on nobody's PATH but root's.
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', folder];
  const found = folders.map((path) => join(path, 'nats-server')).find(isProgram);
  return found ?? (await fetchFromDistribution(folder, say, abort));
}

/** Downloads and unpacks the package beside the system: nothing is installed, and it does not take root. */
export async function fetchFromDistribution(
  folder: string,
  say: (line: string) => void,
  abort: AbortSignal | undefined,
): Promise<string> {
  if (!isProgram('/usr/bin/apt-get')) throw new CannotStart(`nats-server was not found: ${advice}`);
  say("nats-server was not found: fetching the distribution's package");
  const work = join(folder, `fetch.${process.pid}`);
  for (const part of ['lists/partial', 'cache/archives/partial']) mkdirSync(join(work, part), { recursive: true });
  const apart = {
    'Dir::State': work,
    'Dir::State::lists': join(work, 'lists'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(work, 'cache'),
    // The user that apt would otherwise download as need not be able to enter our folder.
    'APT::Sandbox::User': '',
    'Debug::NoLocking': '1',
    'Acquire::http::Timeout': '20',
  };
  const settings = Object.entries(apart).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const options = { cwd: work, timeout: 180_000, ...(abort && { signal: abort }) };
  const server = join(folder, 'nats-server');
  try {
    await run('apt-get', [...settings, '-qq', 'update'], options);
    await run('apt-get', [...settings, '-qq', 'download', 'nats-server'], options);
    const archive = readdirSync(work).find((name) => name.endsWith('.deb')) ?? 'nats-server.deb';
    await run('dpkg-deb', ['-x', archive, 'unpacked'], options);
    renameSync(join(work, 'unpacked/usr/sbin/nats-server'), server);
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const reason = stderr?.trim().split('\n').at(-1) ?? String(error);
    throw new CannotStart(`nats-server was not found and could not be fetched (${reason}): ${advice}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return server;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}
