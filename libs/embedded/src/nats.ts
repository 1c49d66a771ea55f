import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { stopRecordedProcess } from './process-record.js';
import type { StoreOptions } from './store-options.js';

export interface NatsOptions extends StoreOptions {
  binary: string;
}

/** Starts nats-server with JetStream on 127.0.0.1, its streams in the state folder's `nats`; returns its address. */
export async function startNats(options: NatsOptions): Promise<string> {
  const { folders, port, supervisor, binary } = options;
  const store = join(folders.state, 'nats');
  const recordFile = join(folders.run, 'nats.json');
  await stopRecordedProcess(recordFile, 'SIGTERM');
  mkdirSync(store, { recursive: true });
  await supervisor.start({
    name: 'nats-server',
    command: binary,
    args: ['-js', '-sd', store, '-a', '127.0.0.1', '-p', String(port)],
    workingFolder: folders.state,
    logFile: join(folders.logs, 'nats.log'),
    recordFile,
    endsWithUs: 'by-watcher',
    stopSignal: 'SIGTERM',
    killSignal: 'SIGKILL',
    isReady: () => greets(port),
    readyWithinMs: 30_000,
  });
  return `nats://127.0.0.1:${port}`;
}

/** A server introduces itself on each connection, and says there whether JetStream is on. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once('data', (greeting) => {
      resolve(greeting.toString().includes('"jetstream":true'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
