import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { services } from '@app/domain';
import { eventually } from '@app/testing';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';
import { endSessions, holdTable, standsStill } from './table-hold.js';

/** A day of about 4,300 records, pinned in the simulator. */
const date = '2025-05-26';

/** Where each worker stands in the middle of the transaction that stores its part of the day. */
const tableOf = {
  ingestion: 'ingestion.curtailment_records',
  calculator: 'calculation.historical_bitcoin_calculations',
  aggregator: 'summary.daily_summaries',
} as const;
type Worker = keyof typeof tableOf;
const workers = Object.keys(tableOf) as Worker[];
/** Where it stands in the middle of announcing that, the last thing it does in the transaction. */
const outboxOf = {
  ingestion: 'ingestion.outbox',
  calculator: 'calculation.outbox',
  aggregator: 'summary.outbox',
} as const;

describe('A day during which a service is killed', () => {
  let stack: Stack;
  let undisturbed: Digest;

  beforeAll(async () => {
    stack = await startStack();
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
    // Two empty databases would be alike too.
    expect(await stack.gateway.daily(date)).toMatchObject({ state: 'complete', periodsLoaded: 48 });
    undisturbed = await contentDigest(stack.owner);
  }, 120_000);

  beforeEach(() => stack.forgetAllDays());

  async function endsLikeUndisturbed(job: Job): Promise<void> {
    expect(await stack.gateway.ended(job)).toMatchObject({ state: 'completed', totals: { items: 1, completed: 1 } });
    // What was published last is marked so a moment after the job has ended.
    await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));
    // Nothing was announced that was not committed, and nothing was done, and so announced, twice.
    for (const outbox of Object.values(outboxOf)) {
      expect([outbox, await stack.owner.query(`select from ${outbox}`)]).toEqual([outbox, [{}]]);
    }
  }

  it('is the same when nobody was killed', async () => {
    await endsLikeUndisturbed(await stack.gateway.submit({ kind: 'ingest', date }));
  });

  it('is the same when ingestion was killed while it fetched', async () => {
    await stack.simulator.spoil({ kind: 'stall', after: 'nothing', date, periods: [40] });
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await stack.simulator.hasSpoilt();
    await stack.services.ingestion.kill();
    await stack.simulator.heal();
    await stack.services.ingestion.restart();
    await endsLikeUndisturbed(job);
  });

  it.each([
    ...workers.map((worker) => [worker, 'storing', tableOf[worker]] as const),
    ...workers.map((worker) => [worker, 'announcing', outboxOf[worker]] as const),
  ])('is the same when %s was killed in the middle of %s it', async (worker, _, table) => {
    const letGo = await holdTable(stack.owner, table);
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await standsStill(stack.owner, worker);
    await stack.services[worker].kill();
    await endSessions(stack.owner, worker);
    await letGo();
    await stack.services[worker].restart();
    await endsLikeUndisturbed(job);
  });

  it.each(workers)('is the same when %s was killed after storing it, before anybody heard of it', async (worker) => {
    const letGo = await holdTable(stack.owner, tableOf[worker]);
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await standsStill(stack.owner, worker);
    await stack.nats.stop();
    await letGo();
    await waitsToBePublished(worker);
    await stack.services[worker].kill();
    await stack.nats.start();
    await stack.services[worker].restart();
    await endsLikeUndisturbed(job);
  });

  it.each(['gateway', 'reconciler'] as const)('goes on while the %s is down', async (service) => {
    const letGo = await holdTable(stack.owner, tableOf.ingestion);
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await standsStill(stack.owner, 'ingestion');
    await stack.services[service].kill();
    await letGo();
    await isSummarised();
    await stack.services[service].restart();
    await endsLikeUndisturbed(job);
  });

  it('is the same when the reconciler was killed in the middle of ending the job', async () => {
    const letGoOfDay = await holdTable(stack.owner, tableOf.ingestion);
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await standsStill(stack.owner, 'ingestion');
    const letGo = await holdTable(stack.owner, 'reconciliation.job_items');
    await letGoOfDay();
    await standsStill(stack.owner, 'reconciler');
    await stack.services.reconciler.kill();
    await letGo();
    await stack.services.reconciler.restart();
    await endsLikeUndisturbed(job);
  });

  it('is asked for once when the gateway was killed before it could answer', async () => {
    const letGo = await holdTable(stack.owner, 'reconciliation.jobs');
    const key = randomUUID();
    const unanswered = expect(stack.gateway.submit({ kind: 'ingest', date }, key)).rejects.toThrow('fetch failed');
    await standsStill(stack.owner, 'reconciler');
    await stack.services.gateway.kill();
    await unanswered;
    await letGo();
    await stack.services.gateway.restart();
    await endsLikeUndisturbed(await stack.gateway.submit({ kind: 'ingest', date }, key));
  });

  it('is the same when all five were killed at once', async () => {
    const letGo = await holdTable(stack.owner, tableOf.calculator);
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await standsStill(stack.owner, 'calculator');
    await Promise.all(services.map((service) => stack.services[service].kill()));
    await letGo();
    await Promise.all(services.map((service) => stack.services[service].restart()));
    await endsLikeUndisturbed(job);
  });

  async function waitsToBePublished(worker: Worker): Promise<void> {
    await eventually(async () => {
      const waiting = await stack.owner.query(`select id from ${outboxOf[worker]} where published_at is null`);
      expect(waiting).toHaveLength(1);
    });
  }

  async function isSummarised(): Promise<void> {
    await eventually(async () => {
      expect(await stack.owner.query('select from summary.aggregated_days')).toHaveLength(1);
    });
  }
});
