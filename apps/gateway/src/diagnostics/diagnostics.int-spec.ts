import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, eventually, startTestDynamo, startTestNats } from '@app/testing';
import { DifficultyTable } from '@app/difficulty';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { diagnostics, diagnosticsTest, type ServedDiagnostics } from './diagnostics.dto.js';

describe('diagnostics', () => {
  let gateway: NestFastifyApplication;
  let apart: NestFastifyApplication;
  let source: Server;
  let asked: string[];

  beforeAll(async () => {
    const [database, nats, dynamo] = await Promise.all([createTestDatabase(), startTestNats(), startTestDynamo()]);
    Object.assign(process.env, dynamo.env);
    const table = new DifficultyTable({ endpoint: dynamo.endpoint, region: 'eu-west-2', table: 'windfall-difficulty' });
    await table.ensure();
    table.close();
    await makeStreams(nats.url);
    asked = [];
    source = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end();
    }).listen(0, '127.0.0.1');
    await once(source, 'listening');
    const { port } = source.address() as AddressInfo;
    const env = { ...database.env, DYNAMODB_ENDPOINT: dynamo.endpoint, NATS_URL: nats.url };
    gateway = await startGateway({ ...env, ELEXON_BASE_URL: `http://127.0.0.1:${port}/api/v1` });
    apart = await startGateway({
      ...database.env,
      DYNAMODB_ENDPOINT: 'http://127.0.0.1:9',
      NATS_URL: 'nats://127.0.0.1:9',
      ELEXON_BASE_URL: 'http://127.0.0.1:9',
      GATEWAY_DATABASE_URL: 'postgres://windfall_gateway:windfall@127.0.0.1:9/windfall',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await apart.close();
    source.close();
  });

  /** As services do when they start, with one event that nobody has handled and one that was given up. */
  async function makeStreams(url: string): Promise<void> {
    const connection = await connect({ servers: url });
    const manager = await jetstreamManager(connection);
    await manager.streams.add({ name: 'WINDFALL', subjects: ['curtailment.ingested.v1'] });
    await manager.streams.add({ name: 'WINDFALL_DLQ', subjects: ['dlq.>'] });
    await manager.consumers.add('WINDFALL', {
      durable_name: 'calculator_curtailment-ingested_v1',
      ack_policy: 'explicit',
    });
    connection.publish('curtailment.ingested.v1', '{}');
    connection.publish('dlq.calculator_curtailment-ingested_v1', '{}');
    await connection.drain();
  }

  async function diagnose(app = gateway): Promise<ServedDiagnostics> {
    const response = await app.inject({ url: '/api/diagnostics' });
    expect(response.statusCode).toBe(200);
    return diagnostics.strict().parse(response.json());
  }

  it('measure the stores and the source, and name what is out of the ordinary', async () => {
    const found = await eventually(async () => {
      const diagnosed = await diagnose();
      expect(diagnosed.measured.nats).toEqual({ lag: 1, deadLetters: 1 });
      return diagnosed;
    });
    const { database, difficulty, source: reached } = found.measured;
    expect(database).toMatchObject({ waiting: 0, unpublished: 0 });
    expect(database?.connections).toBeGreaterThan(0);
    expect(database?.connectMs).toBeGreaterThan(0);
    expect(difficulty?.ms).toBeGreaterThan(0);
    // HTTP dates are whole seconds.
    expect(Math.abs(reached?.clockSkewMs ?? Infinity)).toBeLessThan(60_000);
    expect(found.pool.open).toBeGreaterThan(0);
    expect(found.findings).toContainEqual({
      subject: 'nats',
      risk: 'medium',
      advice: expect.stringContaining('1 events were given up'),
    });
  });

  it('ask the source once, however often they are asked themselves', async () => {
    for (let time = 0; time < 3; time += 1) await diagnose();
    expect(asked).toEqual(['HEAD /api/v1/reference/bmunits/all']);
  });

  it('answer when nothing can be reached, and call it critical', async () => {
    const { risk, measured, findings } = await diagnose(apart);
    expect([risk, measured]).toEqual(['critical', { database: null, nats: null, difficulty: null, source: null }]);
    expect(findings.map((finding) => [finding.subject, finding.risk])).toEqual([
      ['database', 'critical'],
      ['nats', 'high'],
      ['difficulty', 'high'],
      ['source', 'high'],
    ]);
  });

  it('try connections and queries of three kinds several times', async () => {
    const response = await gateway.inject({ url: '/api/diagnostics/test' });
    const { probes } = diagnosticsTest.strict().parse(response.json());
    expect(probes.map(({ name, attempts, failed }) => [name, attempts, failed])).toEqual(
      ['connect', 'simple', 'moderate', 'complex', 'difficulty'].map((name) => [name, 5, 0]),
    );
    for (const { minMs, medianMs, maxMs } of probes) {
      expect(minMs).toBeLessThanOrEqual(medianMs ?? 0);
      expect(medianMs).toBeLessThanOrEqual(maxMs ?? 0);
    }
    const failed = (await apart.inject({ url: '/api/diagnostics/test' })).json<{ probes: unknown[] }>();
    expect(failed.probes[0]).toEqual({
      name: 'connect',
      attempts: 5,
      failed: 5,
      minMs: null,
      medianMs: null,
      maxMs: null,
    });
  });

  it('are told once a second for as long as is asked', async () => {
    const response = await gateway.inject({ url: '/api/diagnostics/monitor?seconds=2' });
    expect(response.headers['content-type']).toContain('text/event-stream');
    const events = response.body
      .trim()
      .split('\n\n')
      .filter((event) => event.includes('data:'));
    expect(events).toHaveLength(2);
    const data = /^data: (.*)$/m.exec(events[1] ?? '')?.[1] ?? '';
    expect(diagnostics.strict().parse(JSON.parse(data)).measured.database).not.toBeNull();
  });

  it.each([
    ['/api/diagnostics?deep=1', 'deep'],
    ['/api/diagnostics/test?seconds=1', 'seconds'],
    ['/api/diagnostics/monitor?seconds=0', 'seconds'],
    ['/api/diagnostics/monitor?seconds=601', 'seconds'],
  ])('refuse %s', async (url, field) => {
    const response = await gateway.inject({ url });
    expect([response.statusCode, response.json()]).toEqual([
      400,
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    ]);
  });
});
