import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@app/embedded';
import { eventually } from '@app/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(90_000);

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('startService', () => {
  let folder: string;
  let storeFile: string;
  let url: string;
  let service: ChildProcess;
  let output: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'windfall-runtime-'));
    storeFile = join(folder, 'store');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    start({ PORT: String(port), STORE_FILE: storeFile });
  });

  afterEach(() => {
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  function start(env: Record<string, string>): void {
    output = '';
    service = spawn(process.execPath, [join(process.cwd(), 'libs/runtime/test/small-service.js')], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [service.stdout, service.stderr]) stream?.on('data', (text) => (output += String(text)));
  }

  function lines(): Record<string, unknown>[] {
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  const ended = async (): Promise<unknown> => ((await once(service, 'close')) as unknown[])[0];
  const untilAlive = () => eventually(async () => expect((await fetch(`${url}/health/live`)).status).toBe(200), 45_000);

  it('is alive but not ready while its store is down, and gets ready by itself', async () => {
    await untilAlive();
    const before = await fetch(`${url}/health/ready`);
    expect(before.status).toBe(503);
    expect(before.headers.get('content-type')).toMatch('application/problem+json');
    expect(await before.json()).toMatchObject({
      status: 503,
      code: 'unavailable',
      checks: { store: 'there is no store' },
    });
    writeFileSync(storeFile, '');
    const after = await fetch(`${url}/health/ready`);
    expect(after.status).toBe(200);
    expect(await after.json()).toEqual({ status: 'ready', checks: { store: 'up' } });
  });

  it('writes JSON lines that carry the trace of the caller, and one for each request', async () => {
    await untilAlive();
    const traceparent = `00-${TRACE_ID}-00f067aa0ba902b7-01`;
    const answer = await fetch(`${url}/things/7?verbose=1`, { headers: { traceparent } });
    await eventually(() => expect(lines().map((line) => line.msg)).toContain('answered'));
    const traced = lines().filter((line) => line.trace_id === TRACE_ID);
    expect(traced.map((line) => line.msg)).toEqual(['asked', 'answered']);
    expect(traced[0]).toMatchObject({ level: 'info', service: 'fixture', context: 'Things', id: '7' });
    expect(traced[0]?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(traced[0]?.span_id).toMatch(/^[0-9a-f]{16}$/);
    expect(traced[1]).toMatchObject({ method: 'GET', route: '/things/:id', url: '/things/7?verbose=1', status: 200 });
    expect(traced[1]?.request_id).toBe(answer.headers.get('x-request-id'));
    expect(lines().some((line) => String(line.url).startsWith('/health'))).toBe(false);
  });

  it('serves its metrics, requests by route and probes left out', async () => {
    await untilAlive();
    await fetch(`${url}/things/7`);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/http_server_request_duration_count\{[^}]*http_route="\/things\/:id"[^}]*\} 1/);
    expect(metrics).toContain('nodejs_eventloop');
    expect(metrics).not.toContain('/health');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('answers what was asked before %s and ends with 0', async (signal) => {
    await untilAlive();
    const slow = fetch(`${url}/things/slow`);
    await eventually(() => expect(output).toContain('"slow"'));
    service.kill(signal);
    expect((await slow).status).toBe(200);
    expect(await ended()).toBe(0);
    expect(lines().at(-1)?.msg).toBe('stopped');
  });

  it('ends with the process that started it', async () => {
    await untilAlive();
    const exit = once(service, 'exit');
    service.disconnect();
    expect(await exit).toEqual([0, null]);
  });

  it('ends with 1 and says why on a rejection that nobody caught', async () => {
    await untilAlive();
    await fetch(`${url}/things/fatal`).catch(() => undefined);
    expect(await ended()).toBe(1);
    const err = expect.objectContaining({ message: 'nobody caught this' });
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'fatal', err }));
  });

  it('names every fault of its configuration and no value, and ends with 1', async () => {
    service.kill('SIGKILL');
    start({ PORT: 's3cret', STORE_FILE: '', OPTIONAL: '' });
    expect(await ended()).toBe(1);
    expect(output).toMatch(/PORT: .*\n.*STORE_FILE: /);
    expect(output).not.toContain('s3cret');
    expect(output).not.toContain('OPTIONAL');
  });
});
