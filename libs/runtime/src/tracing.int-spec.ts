import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const program = `
  import { telemetry } from './dist/libs/runtime/src/tracing.js';
  import { metrics, trace } from '@opentelemetry/api';
  metrics.getMeter('spec').createCounter('looks').add(1);
  trace.getTracer('spec').startSpan('look').end();
  await telemetry.shutdown();`;

describe('telemetry', () => {
  let collector: Server;
  const received = new Set<string>();

  beforeAll(async () => {
    collector = createServer((request, response) => {
      received.add(request.url ?? '');
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => collector.close(resolve)));

  async function run(endpoint: string): Promise<void> {
    const env = { PATH: process.env.PATH, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint };
    const service = spawn(process.execPath, ['--input-type=module', '-e', program], { env, stdio: 'inherit' });
    expect(await once(service, 'exit')).toEqual([0, null]);
  }

  it('is kept to itself where no collector is named', async () => {
    await run('');
    expect([...received]).toEqual([]);
  });

  it('is sent to the collector that is named', async () => {
    await run(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`);
    expect([...received].sort()).toEqual(['/v1/metrics', '/v1/traces']);
  });
});
