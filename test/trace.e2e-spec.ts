import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, services } from '@app/domain';
import { eventually } from '@app/testing';
import { type LogLine } from './log-lines.js';
import { type Stack, startStack } from './stack.js';

const date = '2025-05-24';

describe('The logs', () => {
  let stack: Stack;

  /** The first line of a service that matches; it may be printed a moment after the job has ended. */
  function lineOf(service: Service, matches: (line: LogLine) => boolean): Promise<LogLine> {
    return eventually(() => {
      const line = stack.logsOf(service).find(matches);
      if (line === undefined) throw new Error(`${service} has not printed such a line`);
      return line;
    });
  }

  beforeAll(async () => {
    stack = await startStack();
  }, 120_000);

  it('carry one trace id from the request of a job through all services to the summary', async () => {
    const job = await stack.gateway.run({ kind: 'ingest', date });
    const request = await lineOf(
      'gateway',
      ({ method, url }) => method === 'POST' && url === '/api/reconciliation/jobs',
    );
    const steps = await Promise.all([
      lineOf('reconciler', ({ msg, jobId }) => msg === 'job accepted' && jobId === job.id),
      lineOf('ingestion', ({ msg, settlementDate }) => msg === 'ingested' && settlementDate === date),
      lineOf('calculator', ({ msg, settlementDate }) => msg === 'calculated' && settlementDate === date),
      lineOf('aggregator', ({ msg, settlementDate }) => msg === 'aggregated' && settlementDate === date),
      lineOf('reconciler', ({ msg, jobId }) => msg === 'job completed' && jobId === job.id),
    ]);
    expect(request.trace_id).toMatch(/^[0-9a-f]{32}$/);
    expect(steps.map((line) => line.trace_id)).toEqual(steps.map(() => request.trace_id));
  });

  it('give each request a trace of its own', async () => {
    const first = await stack.gateway.run({ kind: 'ingest', date });
    const second = await stack.gateway.run({ kind: 'ingest', date });
    const traces = await Promise.all(
      [first, second].map(({ id }) => lineOf('reconciler', ({ msg, jobId }) => msg === 'job accepted' && jobId === id)),
    );
    expect(new Set(traces.map((line) => line.trace_id)).size).toBe(2);
  });

  it('name the operator key of a write, by its id', async () => {
    await stack.gateway.run({ kind: 'ingest', date });
    const written = await lineOf('gateway', ({ method, status }) => method === 'POST' && status === 202);
    expect(written.operatorKey).toBe('e2e');
  });

  it('say which service each line is of', () => {
    for (const service of services) {
      expect(new Set(stack.logsOf(service).map((line) => line.service))).toEqual(new Set([service]));
    }
  });
});
