import { beforeAll, describe, expect, it } from '@jest/globals';
import { receiveEvents, type ReceivedEvent } from '@app/testing';
import { CommandLine } from './command-line.js';
import { lightDays } from './light-days.js';
import { operatorKey, type Stack, startStack } from './stack.js';

const [from, to] = ['2025-06-01', '2025-06-06'];

describe('The events of a job', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
  }, 120_000);

  it('are told once each to a client that is cut off, while the gateway is killed', async () => {
    const { gateway, services } = stack;
    const job = await gateway.submit({ kind: 'range', from, to, batchSize: 2 });
    const url = `${services.gateway.url}/api/reconciliation/jobs/${job.id}/events`;
    const seen: ReceivedEvent[] = [];
    const { events } = await receiveEvents(url, { enough: (received) => received.length === 3 });
    seen.push(...events);
    // This one breaks off when the gateway dies.
    const broken = receiveEvents(url, { after: 3 });
    await services.gateway.kill();
    await services.gateway.restart();
    seen.push(...(await broken).events);
    for (let ended = false; !ended;) {
      const received = await receiveEvents(url, { after: seen.at(-1)?.id ?? 0 });
      seen.push(...received.events);
      ({ ended } = received);
    }
    expect(seen.map(({ id }) => id)).toEqual(seen.map((_, place) => place + 1));
    expect(seen.filter(({ name }) => name === 'job').map(({ data }) => data.state)).toEqual([
      'queued',
      'running',
      'completed',
    ]);
    expect(seen.at(-1)?.data).toMatchObject({ totals: { items: 6, completed: 6 } });
    const items = await gateway.items(job);
    for (const { settlementDate, attempts, before, after } of items) {
      const told = seen.filter(({ data }) => data.settlementDate === settlementDate);
      expect(told.at(0)?.data).toMatchObject({ state: 'running' });
      expect(told.at(-1)?.data).toMatchObject({ state: 'completed', attempts, before, after });
    }
    expect((await receiveEvents(url)).events).toEqual(seen);
  });

  it('are told once each by a command that watches, while the gateway is killed and started again', async () => {
    const { gateway, services } = stack;
    const windfall = new CommandLine(services.gateway.url, operatorKey);
    // The job goes no further than this before the gateway is away.
    services.ingestion.pause();
    const job = await gateway.submit({ kind: 'ingest-month', month: '2025-06', from, to, batchSize: 2 });
    const watching = windfall.begin(['job', job.id, '--watch']);
    await watching.jobId();
    await services.gateway.kill();
    services.ingestion.resume();
    await services.gateway.restart();
    const { code, stderr } = await watching.ended;
    const told = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    const { events } = await receiveEvents(`${services.gateway.url}/api/reconciliation/jobs/${job.id}/events`);
    expect([code, told]).toEqual([0, events.map(({ data }) => ({ jobId: job.id, kind: job.kind, ...data }))]);
  });
});
