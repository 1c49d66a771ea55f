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

  it('of an earlier run are not told again to whoever resumes it', async () => {
    const { gateway, services, simulator } = stack;
    const windfall = new CommandLine(services.gateway.url, operatorKey);
    await simulator.spoil({ kind: 'status', status: 404, endpoint: 'stack', date: to });
    const job = await gateway.run({ kind: 'ingest-month', month: '2025-06', from: '2025-06-05', to });
    expect(job).toMatchObject({ state: 'failed', totals: { completed: 1, failed: 1 } });
    await simulator.heal();
    const { code, stderr } = await windfall.run(['resume', job.id]);
    const told = stderr.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as object] : []));
    expect(code).toBe(0);
    expect(told.at(0)).toMatchObject({ state: 'queued', totals: { completed: 1, failed: 0 } });
    expect(told.at(-1)).toMatchObject({ state: 'completed', totals: { completed: 2 } });
    const dates = new Set(told.map((event) => (event as { settlementDate?: string }).settlementDate));
    expect(dates).toEqual(new Set([undefined, to]));
    // The bar counts the date that the earlier run completed.
    const shown = await windfall.runAtTerminal(['job', job.id, '--watch'], '');
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(/100 %[^]*2 of 2 dates/)]);
  });
});
