import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ingestionRequestedV1, type Job } from '@app/contracts';
import { type AuditRow } from '@app/domain';
import { Bus, newEvent } from '@app/messaging';
import { atFileEnd, eventually, type TestService } from '@app/testing';
import { figuresOf, pickFigures } from './curtailed-rows.js';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest, storageDigest } from './table-digest.js';
import { holdTable, standsStill } from './table-hold.js';

const date = '2025-06-01';

/** Where each worker is paused, having stored everything and about to announce it, and the ledger that it starts from. */
const placeOf = {
  ingestion: { outbox: 'ingestion.outbox', input: null },
  calculator: { outbox: 'calculation.outbox', input: 'ingestion.settlement_days' },
  aggregator: { outbox: 'summary.outbox', input: 'calculation.calculated_days' },
} as const;

describe('A day that was revised while a service was paused', () => {
  let stack: Stack;
  let bus: Bus;
  let paused: TestService | undefined;
  let other: TestService | undefined;

  beforeAll(async () => {
    stack = await startStack(lightDays(date, date));
    bus = new Bus(stack.nats.url, 'e2e');
    atFileEnd(() => bus.close());
  }, 60_000);

  beforeEach(() => stack.forgetAllDays());

  // What was delivered to the paused one is delivered again, also to itself: nothing of it may reach into the next test.
  afterEach(async () => {
    await other?.stop();
    await paused?.kill();
    await paused?.restart();
    await eventually(nothingIsLeft, 60_000);
  }, 120_000);

  it('is not overwritten by an ingester that wakes with what it had fetched before', async () => {
    // The last answer takes so long that the ingester, which has all others, is paused before it comes.
    await stack.simulator.spoil({ kind: 'slow', latencyMs: 5_000, date, periods: [48] });
    const job = await stack.gateway.submit({ kind: 'ingest', date });
    await stack.simulator.hasSpoilt();
    paused = stack.services.ingestion;
    paused.pause();
    await stack.simulator.heal();
    await revise();

    other = await stack.startAnother('ingestion');
    expect(await stack.gateway.ended(job)).toMatchObject({ state: 'completed' });
    await isServedAsRevised();
    const before = await storedButFetches();
    paused.resume();
    await eventually(() => {
      const lines = stack.logsOf('ingestion').filter(({ msg }) => msg === 'overtaken by a newer fetch; nothing stored');
      expect(lines).toMatchObject([{ settlementDate: date }]);
    }, 60_000);
    await paused.kill();
    expect(await storedButFetches()).toEqual(before);
  }, 120_000);

  it.each(['ingestion', 'calculator', 'aggregator'] as const)(
    'is not held up, nor overwritten, by a paused %s that holds its locks',
    async (worker) => {
      const letGo = await holdTable(stack.owner, placeOf[worker].outbox);
      const job = await stack.gateway.submit({ kind: 'ingest', date });
      await standsStill(stack.owner, worker);
      paused = stack.services[worker];
      paused.pause();
      await letGo();
      // Only then the other: what the paused one was doing comes to it, too, and is to be superseded by now.
      await isRevisedFor(worker);
      other = await stack.startAnother(worker);
      await isServedAsRevised();
      expect(await stack.gateway.ended(job)).toMatchObject({ state: 'completed' });
      const whole = await stored();
      const resumedAt = new Date().toISOString();
      paused.resume();
      await eventually(() => {
        const lines = stack
          .logsOf(worker)
          .filter(({ time, msg }) => time >= resumedAt && msg.includes('failed; again in'));
        expect(lines).toHaveLength(1);
      }, 60_000);
      await paused.kill();
      expect(await stored()).toEqual(whole);
      // What it did before the pause was never committed, and so never announced.
      expect(await stack.owner.query(`select from ${placeOf[worker].outbox}`)).toHaveLength(1);
      await isToldOnce(job);
    },
    120_000,
  );

  it.each([
    ['calculator', 'calculation.calculated_days'],
    ['aggregator', 'summary.aggregated_days'],
  ] as const)(
    'is not taken for done when the %s began with the older content and was slow',
    async (worker, ledger) => {
      const letGo = await holdTable(stack.owner, ledger);
      const job = await stack.gateway.submit({ kind: 'ingest', date });
      // All its rows are derived; what they rest on is noted now.
      await standsStill(stack.owner, worker);
      await isRevisedFor(worker);
      await letGo();
      await isServedAsRevised();
      expect(await stack.gateway.ended(job)).toMatchObject({ state: 'completed' });
      // What it had derived from the older content was never announced.
      expect(await stack.owner.query(`select from ${placeOf[worker].outbox}`)).toHaveLength(1);
    },
    120_000,
  );

  it('is ended once, by another reconciler, when one is paused that had ended the job and not committed', async () => {
    const letGoOfDay = await holdTable(stack.owner, placeOf.ingestion.outbox);
    const job = await stack.gateway.submit({ kind: 'ingest', date, reason: 'to be paused' });
    await standsStill(stack.owner, 'ingestion');
    // The end of the job is noted in the audit log last of all.
    const letGo = await holdTable(stack.owner, 'reconciliation.audit_head');
    await revise();
    await letGoOfDay();
    await standsStill(stack.owner, 'reconciler');
    paused = stack.services.reconciler;
    paused.pause();
    await letGo();

    other = await stack.startAnother('reconciler');
    const ended = await stack.gateway.ended(job);
    expect(ended).toMatchObject({ state: 'completed', totals: { items: 1, completed: 1 } });
    const whole = await storedOfJobs();
    const resumedAt = new Date().toISOString();
    paused.resume();
    await eventually(() => {
      const lines = stack.logsOf('reconciler').filter(({ time }) => time >= resumedAt);
      expect(lines).toContainEqual(expect.objectContaining({ msg: 'Jobs could not be moved on; trying again' }));
    }, 60_000);
    await paused.kill();
    expect(await storedOfJobs()).toEqual(whole);
    await isToldOnce(job);
  }, 120_000);

  async function revise(): Promise<void> {
    await stack.simulator.revise(date, [{ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor: 2 }]);
  }

  /** Revises the day, and resolves once what the worker starts from is revised, too. */
  async function isRevisedFor(worker: keyof typeof placeOf): Promise<void> {
    const before = await inputOf(worker);
    await revise();
    // The job holds the date, so this is asked for as the sweep would.
    const { channel, event } = newEvent(
      ingestionRequestedV1,
      { settlementDate: date, periods: null, jobId: null },
      { source: 'e2e' },
    );
    await (await bus.jetStream()).client.publish(channel, JSON.stringify(event), { msgID: event.id });
    if (before !== null) await eventually(async () => expect(await inputOf(worker)).not.toEqual(before), 60_000);
  }

  /** The revision that a worker starts from; null for ingestion, which starts from the source. */
  async function inputOf(worker: keyof typeof placeOf): Promise<unknown> {
    const { input } = placeOf[worker];
    return input === null ? null : await stack.owner.query(`select revision from ${input}`);
  }

  async function isServedAsRevised(): Promise<void> {
    const rows = await stack.simulator.curtailedRows(date, 48);
    await eventually(async () => {
      const day = await stack.gateway.daily(date);
      expect(day).toMatchObject({ state: 'complete' });
      expect(pickFigures(day)).toEqual(figuresOf(rows));
    }, 60_000);
  }

  async function nothingIsLeft(): Promise<void> {
    const { manager } = await bus.jetStream();
    for await (const { name, num_pending, num_ack_pending } of manager.consumers.list('WINDFALL')) {
      expect({ name, left: num_pending + num_ack_pending }).toEqual({ name, left: 0 });
    }
  }

  /** The audit log says who wanted the job and how it ended, each once, and nobody has touched the log. */
  async function isToldOnce({ id, reason }: Job): Promise<void> {
    const { items } = await stack.gateway.get<{ items: AuditRow[] }>('/api/reconciliation/audit?requestedBy=e2e');
    expect(items.filter(({ jobId }) => jobId === id).reverse()).toMatchObject([
      { action: 'submit-job', outcome: 'accepted', requestedBy: 'e2e', reason },
      { action: 'end-job', outcome: 'completed', requestedBy: 'e2e', reason },
    ]);
    expect(await stack.gateway.get('/api/reconciliation/audit/verification')).toMatchObject({ intact: true });
  }

  function storedOfJobs(): Promise<Digest> {
    const tables = ['jobs', 'job_items', 'job_events', 'audit_log', 'audit_head', 'outbox'];
    return storageDigest(
      stack.owner,
      tables.map((table) => `reconciliation.${table}`),
    );
  }

  /** Who wakes may fetch the day once more before it is killed, by the copy of the request that it got meanwhile. */
  async function storedButFetches(): Promise<unknown> {
    const [{ 'ingestion.settlement_periods': _, ...storage }] = await stored();
    return [storage, await contentDigest(stack.owner)];
  }

  /** Of all that is stored of the day, with what its ledger says. */
  async function stored(): Promise<[Digest, unknown]> {
    const ledger = await stack.owner.query('select revision, fetch_number from ingestion.settlement_days');
    const digest = await storageDigest(stack.owner, [
      'ingestion.curtailment_records',
      'ingestion.settlement_periods',
      'calculation.historical_bitcoin_calculations',
      'calculation.calculated_days',
      'summary.daily_summaries',
      'summary.bitcoin_daily_summaries',
      'summary.aggregated_days',
      ...Object.values(placeOf).map(({ outbox }) => outbox),
    ]);
    return [digest, ledger];
  }
});
