import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually, startTestNats, testFolders } from '@app/testing';
import { afterAll, describe, expect, it } from '@jest/globals';
import { accessSync, existsSync, readdirSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { CannotStart } from './cannot-start.js';
import { freePort } from './free-port.js';
import { fetchFromDistribution, natsServerBinary } from './nats-binary.js';
import { startNats } from './nats.js';
import { findRecordedProcess, recordProcess } from './process-record.js';
import { isAlive } from './process-table.js';
import { Supervisor } from './supervisor.js';

const natsServer = () =>
  natsServerBinary({
    env: { NATS_SERVER_BIN: process.env.WINDFALL_TEST_NATS_SERVER_BIN },
    folder: '/nowhere',
    say: () => undefined,
  });

function greetingOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('error', reject);
    socket.once('data', (greeting) => {
      socket.destroy();
      resolve(greeting.toString());
    });
  });
}

describe('the embedded nats-server', () => {
  const said: string[] = [];
  const supervisor = new Supervisor((line) => said.push(line));
  afterAll(() => supervisor.stop(3_000));

  it('is started again when it is killed, after one that was left behind was stopped', async () => {
    const folders = testFolders('nats');
    const port = await freePort();
    const binary = await natsServer();
    const left = spawn(binary, ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const leftPid = left.pid ?? 0;
    recordProcess(join(folders.run, 'nats.json'), leftPid);

    const url = await startNats({ folders, port, supervisor, binary });

    expect(isAlive(leftPid)).toBe(false);
    expect(await greetingOf(url)).toContain('"jetstream":true');
    expect(existsSync(join(folders.state, 'nats/jetstream'))).toBe(true);
    process.kill(findRecordedProcess(join(folders.run, 'nats.json')) ?? 0, 'SIGKILL');
    await eventually(async () => {
      expect(said).toEqual(['nats-server died (SIGKILL), starting it again']);
      expect(await greetingOf(url)).toContain('"jetstream":true');
    });
  });

  it('comes back on the same address for a test that stops it', async () => {
    const nats = await startTestNats();
    await nats.stop();
    await expect(greetingOf(nats.url)).rejects.toThrow('ECONNREFUSED');

    await nats.start();

    expect(await greetingOf(nats.url)).toContain('"jetstream":true');
  });
});

describe('the nats-server to use', () => {
  it('is the one of NATS_SERVER_BIN, and nothing else when that cannot be run', async () => {
    const named = {
      env: { NATS_SERVER_BIN: '/etc/passwd', PATH: process.env.PATH },
      folder: '/x',
      say: () => undefined,
    };
    await expect(natsServerBinary(named)).rejects.toThrow(CannotStart);
  });

  const haveApt = existsSync('/usr/bin/apt-get');
  (haveApt ? it : it.skip)(
    'is fetched from the distribution, which leaves the program and nothing else',
    async () => {
      const { state } = testFolders('fetched');
      const folder = join(state, 'bin');

      const fetched = await fetchFromDistribution(folder, () => undefined, undefined);

      accessSync(fetched);
      expect(readdirSync(folder)).toEqual(['nats-server']);
    },
    120_000,
  );
});
