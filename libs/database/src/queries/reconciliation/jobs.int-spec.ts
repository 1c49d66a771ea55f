import { randomUUID } from 'node:crypto';
import { type Step } from '@app/domain';
import { createTestDatabase, eventually } from '@app/testing';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, ingest, outcome, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { rowOf, rowsOf, run } from '../../executor.js';
import { drawFetchNumber } from '../ingestion/draw-fetch-number.js';
import { insertOutboxRows } from '../outbox/insert-outbox-rows.js';
import { cancelJob } from './cancel-job.js';
import { claimJobItems } from './claim-job-items.js';
import { findDateHolder } from './find-date-holder.js';
import { findIdempotentOutcome } from './find-idempotent-outcome.js';
import { findJobItems } from './find-job-items.js';
import { findJob } from './find-jobs.js';
import { findOpenItems, type RunningItem } from './find-open-items.js';
import { insertJob, insertJobItems, type NewJob, type NewJobItem } from './insert-job.js';
import { lockIdempotencyKey } from './lock-idempotency-key.js';
import { resumeJob } from './resume-job.js';
import { saveIdempotentOutcome } from './save-idempotent-outcome.js';
import { saveAskedItems, saveEndedItems, saveReportedItems } from './save-job-items.js';
import { settleJobs } from './settle-jobs.js';
import { tryLockJobs } from './try-lock-jobs.js';

const derive: Step[] = [
  { do: 'calculate', when: 'needed', only: null },
  { do: 'aggregate', when: 'needed' },
];
const range: Step[] = [{ do: 'ingest', periods: null, when: 'needed', compareRows: false }, ...derive];
const jobEvents = 'reconciliation.job_events where job_id = $1';
const [day1, day2, day3] = ['2025-05-01', '2025-05-02', '2025-05-03'] as const;

describe('jobs', () => {
  const open: Database[] = [];
  let owner: Database;
  let reconciler: Database;
  let reconcilerUrl: string;

  // Claiming looks at all jobs there are, so each case has a database of its own.
  beforeEach(async () => {
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconcilerUrl = urls.reconciler;
    reconciler = new Database({ url: reconcilerUrl, applicationName: 'spec' });
    open.push(owner, reconciler);
  });
  afterAll(() => Promise.all(open.map((database) => database.close())));

  let age = 100;
  /** Stores a job that is younger than all before it. */
  async function newJob(
    settlementDates: readonly string[],
    { steps = range, exclusive = true, ...changes }: Partial<NewJob & NewJobItem> = {},
  ): Promise<string> {
    const id = randomUUID();
    await insertJob(reconciler, {
      ...{ id, kind: 'range', arguments: {}, batchSize: 2, requestedBy: 'operator', automatic: false, reason: null },
      ...{ result: null, traceparent: null },
      items: settlementDates.map((settlementDate) => ({ settlementDate, steps, exclusive })),
      ...changes,
    });
    age -= 1;
    await run(owner, `update reconciliation.jobs set created_at = now() - make_interval(mins => $2) where id = $1`, [
      id,
      age,
    ]);
    return id;
  }

  async function itemsOf(jobId: string): Promise<string[]> {
    const rows = await rowsOf<{ state: string }>(
      owner,
      `select state from reconciliation.job_items where job_id = $1 order by settlement_date`,
      [jobId],
    );
    return rows.map(({ state }) => state);
  }

  /** Until some statement waits for the rows of another transaction. */
  async function untilOneWaits(): Promise<void> {
    await eventually(async () => {
      const waiting = await rowsOf(
        owner,
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(waiting).toHaveLength(1);
    });
  }

  async function end(jobId: string, settlementDate: string, state: 'completed' | 'failed' | 'blocked' = 'completed') {
    const cause =
      state === 'completed' ? null : { code: 'timed-out', detail: `No answer for ${settlementDate}`, periods: [1] };
    await saveEndedItems(reconciler, [{ jobId, settlementDate, state, cause }]);
  }

  describe('claiming', () => {
    it('begins as many dates as the batch size allows, in the order of the job, and goes on as they end', async () => {
      const job = await newJob([day1, day2, day3]);
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued']);
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued']);
      await end(job, day1);
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(job)).toEqual(['completed', 'running', 'running']);
    });

    it('lets the younger of two jobs wait for the dates of the older one and work on the others', async () => {
      const older = await newJob([day1, day2], { batchSize: 1 });
      const younger = await newJob([day1, day2, day3], { batchSize: 3 });
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(older)).toEqual(['running', 'queued']);
      expect(await itemsOf(younger)).toEqual(['waiting', 'waiting', 'running']);
      const held = { code: 'date-held', detail: `Job ${older} (range) holds the date.`, periods: [] };
      const told = await findJobItems(reconciler, younger, { after: null, limit: 3 });
      expect(told.map(({ cause }) => cause)).toEqual([held, held, null]);
      await end(older, day1);
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(older)).toEqual(['completed', 'running']);
      expect(await itemsOf(younger)).toEqual(['running', 'waiting', 'running']);
    });

    it('lets a schedule wait for operators who came later', async () => {
      const schedule = await newJob([day1, day2], { automatic: true, batchSize: 1 });
      const operator = await newJob([day1, day2], { batchSize: 1 });
      await claimJobItems(reconciler, 62, 31);
      expect(await itemsOf(operator)).toEqual(['running', 'queued']);
      expect(await itemsOf(schedule)).toEqual(['waiting', 'waiting']);
    });

    it('lets those look at a date that change nothing', async () => {
      const repair = await newJob([day1]);
      const looks = [await newJob([day1], { exclusive: false }), await newJob([day1], { exclusive: false })];
      await claimJobItems(reconciler, 62, 31);
      for (const job of [repair, ...looks]) expect(await itemsOf(job)).toEqual(['running']);
    });

    it('begins more of those that ask nothing of the source', async () => {
      const job = await newJob([day1, day2, day3], { steps: derive, batchSize: 1 });
      await claimJobItems(reconciler, 2, 1);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued']);
      await insertJobItems(reconciler, job, [{ settlementDate: '2025-05-04', steps: range, exclusive: true }]);
      await claimJobItems(reconciler, 2, 1);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued', 'running']);
    });

    it('begins those by whole sets', async () => {
      const job = await newJob([day1, day2, day3, '2025-05-04'], { steps: derive, batchSize: 1 });
      await claimJobItems(reconciler, 3, 2);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued', 'queued']);
      await end(job, day1);
      await claimJobItems(reconciler, 3, 2);
      expect(await itemsOf(job)).toEqual(['completed', 'running', 'running', 'running']);
    });

    it('asks the source for nothing where a day is whole and settled for good', async () => {
      await ingest(owner, day1, [record(day1)]);
      await ingest(owner, day2, [record(day2)], { finalAt: '2999-01-01T00:00:00Z' });
      // The first asks nothing and takes the one place of such; the second may still change, and the third was never fetched.
      const job = await newJob([day1, day2, day3], { batchSize: 1 });
      await claimJobItems(reconciler, 1, 1);
      expect(await itemsOf(job)).toEqual(['running', 'running', 'queued']);
    });

    it('never has two items of one date running', async () => {
      const jobs = [await newJob([day1]), await newJob([day1])];
      await claimJobItems(reconciler, 62, 31);
      const both = run(reconciler, `update reconciliation.job_items set state = 'running' where job_id = $1`, [
        jobs[1],
      ]);
      await expect(both).rejects.toThrow('job_items_one_runs');
    });

    it('notes the figures from before, once', async () => {
      await ingest(owner, day1, [record(day1, { volumeMwh: '-1.23456789' })]);
      await calculate(owner, [day1]);
      const job = await newJob([day1, day2]);
      await claimJobItems(reconciler, 62, 31);
      const before = `select before from reconciliation.job_items where job_id = $1 order by settlement_date`;
      const nothing = { revision: null, records: null, curtailedMwh: null, calculations: null };
      const expected = [
        { before: { revision: expect.any(Number) as unknown, records: 1, curtailedMwh: 1.234568, calculations: 3 } },
        { before: nothing },
      ];
      expect(await rowsOf(owner, before, [job])).toEqual(expected);
      await end(job, day1, 'failed');
      await end(job, day2);
      await settleJobs(reconciler);
      await ingest(owner, day1, []);
      await resumeJob(reconciler, job);
      await claimJobItems(reconciler, 62, 31);
      expect(await rowsOf(owner, before, [job])).toEqual(expected);
    });

    it('begins nothing that a cancellation not yet committed ends', async () => {
      const job = await newJob([day1, day2], { batchSize: 1 });
      let claimed: Promise<void> = Promise.resolve();
      await reconciler.transaction(async (transaction) => {
        await cancelJob(transaction, job);
        claimed = claimJobItems(reconciler, 62, 31);
        await untilOneWaits();
      });
      await claimed;
      expect(await itemsOf(job)).toEqual(['cancelled', 'cancelled']);
    });

    it('and a cancellation do not wait for each other', async () => {
      const job = await newJob([day1, day2], { batchSize: 1 });
      let cancelled: Promise<boolean> = Promise.resolve(false);
      await reconciler.transaction(async (transaction) => {
        await claimJobItems(transaction, 62, 31);
        cancelled = cancelJob(reconciler, job);
        await untilOneWaits();
        await settleJobs(transaction);
      });
      expect(await cancelled).toBe(true);
      expect(await itemsOf(job)).toEqual(['running', 'cancelled']);
    });
  });

  it('are moved on by one process at a time', async () => {
    await reconciler.transaction(async (transaction) => {
      expect(await tryLockJobs(transaction, 10_000)).toBe(true);
      expect(await reconciler.transaction((other) => tryLockJobs(other, 10_000))).toBe(false);
    });
    expect(await reconciler.transaction((other) => tryLockJobs(other, 10_000))).toBe(true);
  });

  it('are taken from a process that is paused, whose late write is refused', async () => {
    const job = await newJob([day1]);
    const paused = new Database({ url: reconcilerUrl, applicationName: 'paused' });
    const late = paused.transaction(async (transaction) => {
      await tryLockJobs(transaction, 50);
      await claimJobItems(transaction, 62, 31);
      await eventually(async () => {
        expect(await reconciler.transaction((other) => tryLockJobs(other, 10_000))).toBe(true);
      });
      await settleJobs(transaction);
    });
    await expect(late).rejects.toThrow();
    await paused.close();
    expect(await itemsOf(job)).toEqual(['queued']);
  });

  it('settle to what their items tell, once', async () => {
    const [done, failing, cancelled] = [
      await newJob([day1]),
      await newJob([day2, day3]),
      await newJob(['2025-05-04', '2025-05-05'], { batchSize: 1 }),
    ];
    expect(await settleJobs(reconciler)).toEqual([]);
    await claimJobItems(reconciler, 62, 31);
    expect((await settleJobs(reconciler)).map(({ state }) => state)).toEqual(['running', 'running', 'running']);
    await end(done, day1);
    await end(failing, day2, 'blocked');
    await cancelJob(reconciler, cancelled);
    const settled = Object.fromEntries((await settleJobs(reconciler)).map(({ id, state }) => [id, state]));
    expect(settled).toEqual({ [done]: 'completed' });
    expect(await itemsOf(cancelled)).toEqual(['running', 'cancelled']);
    await end(failing, day3, 'failed');
    await end(cancelled, '2025-05-04');
    const ended = Object.fromEntries((await settleJobs(reconciler)).map(({ id, state }) => [id, state]));
    expect(ended).toEqual({ [failing]: 'failed', [cancelled]: 'cancelled' });
    expect(await findJob(reconciler, failing)).toMatchObject({
      cause: { code: 'timed-out', detail: `No answer for ${day2}`, periods: [1] },
      totals: { items: 2, completed: 0, failed: 1, blocked: 1, cancelled: 0, timeouts: 2 },
    });
    expect(await settleJobs(reconciler)).toEqual([]);
    expect(await cancelJob(reconciler, done)).toBe(false);
  });

  it('that are cancelled before anything of them began are to be ended', async () => {
    const job = await newJob([day1, day2]);
    await cancelJob(reconciler, job);
    expect((await findOpenItems(reconciler)).idle).toBe(true);
    expect((await settleJobs(reconciler)).map(({ id, state }) => [id, state])).toEqual([[job, 'cancelled']]);
    expect((await findOpenItems(reconciler)).idle).toBe(false);
  });

  it('are resumed with what they have not done, and only once they ended', async () => {
    const job = await newJob([day1, day2, day3], { batchSize: 3 });
    await claimJobItems(reconciler, 62, 31);
    await settleJobs(reconciler);
    await end(job, day1);
    await end(job, day2, 'failed');
    expect(await resumeJob(reconciler, job)).toBe(false);
    await end(job, day3, 'blocked');
    await settleJobs(reconciler);
    expect((await findOpenItems(reconciler)).idle).toBe(false);
    const toldBefore = await rowOf<{ last: number }>(owner, `select max(sequence) as last from ${jobEvents}`, [job]);
    expect(await resumeJob(reconciler, job)).toBe(true);
    expect(await itemsOf(job)).toEqual(['completed', 'queued', 'queued']);
    const told = await rowsOf(
      owner,
      `select settlement_date as date, data ->> 'state' as state, data -> 'totals' as totals from ${jobEvents} and sequence > $2
       order by sequence`,
      [job, toldBefore.last],
    );
    expect(told).toEqual([
      {
        ...{ date: null, state: 'queued' },
        totals: { items: 3, completed: 1, failed: 0, blocked: 0, cancelled: 0, timeouts: 0 },
      },
      { date: day2, state: 'queued', totals: null },
      { date: day3, state: 'queued', totals: null },
    ]);
    expect(await findJob(reconciler, job)).toMatchObject({ state: 'queued', cause: null, endedAt: null });
    expect((await findOpenItems(reconciler)).idle).toBe(true);
  });

  it('hold the dates that they work on or are the next to', async () => {
    expect(await findDateHolder(reconciler, [day1], true)).toBeNull();
    const older = await newJob([day2]);
    const younger = await newJob([day2, day3]);
    expect(await findDateHolder(reconciler, [day1, day2, day3], true)).toMatchObject({
      jobId: older,
      settlementDate: day2,
      kind: 'range',
    });
    await claimJobItems(reconciler, 62, 31);
    await end(older, day2);
    expect(await findDateHolder(reconciler, [day2, day3], true)).toMatchObject({
      jobId: younger,
      settlementDate: day2,
    });
  });

  it('are written once for an idempotency key, for 24 hours', async () => {
    const key = { requestedBy: 'operator', idempotencyKey: 'once', requestHash: 'body' };
    const found = () => findIdempotentOutcome(reconciler, 'operator', 'once');
    expect(await found()).toBeNull();
    await saveIdempotentOutcome(reconciler, key, { jobId: 'a' });
    expect(await found()).toEqual({ requestHash: 'body', outcome: { jobId: 'a' } });
    expect(await findIdempotentOutcome(reconciler, 'another', 'once')).toBeNull();
    await expect(saveIdempotentOutcome(reconciler, key, {})).rejects.toThrow('idempotency_keys_pkey');
    await run(owner, `update reconciliation.idempotency_keys set created_at = now() - interval '24 hours'`);
    expect(await found()).toBeNull();
    await saveIdempotentOutcome(reconciler, { ...key, requestHash: 'other' }, { jobId: 'b' });
    expect(await found()).toEqual({ requestHash: 'other', outcome: { jobId: 'b' } });
  });

  it('wait for each other when they have one idempotency key', async () => {
    let second: Promise<void> = Promise.resolve();
    const order: string[] = [];
    await reconciler.transaction(async (transaction) => {
      await lockIdempotencyKey(transaction, 'operator', 'once');
      second = reconciler.transaction(async (other) => {
        await lockIdempotencyKey(other, 'operator', 'once');
        order.push('second');
      });
      await untilOneWaits();
      await reconciler.transaction((third) => lockIdempotencyKey(third, 'operator', 'another'));
      order.push('first');
    });
    await second;
    expect(order).toEqual(['first', 'second']);
  });

  describe('a running item', () => {
    let job: string;
    const item = async (): Promise<RunningItem> => {
      const [found] = (await findOpenItems(reconciler)).running;
      if (found === undefined) throw new Error('No item runs');
      return found;
    };
    async function ask(asked: 'ingest' | 'calculate' | 'aggregate' | 'verify', step = 0): Promise<string> {
      const requestId = randomUUID();
      await reconciler.transaction(async (transaction) => {
        await insertOutboxRows(transaction, 'reconciliation', [
          { id: requestId, subject: 'x', payload: {}, headers: {} },
        ]);
        const { fetchNumber } = (await findOpenItems(transaction)).running[0] ?? { fetchNumber: 0 };
        await saveAskedItems(transaction, [
          {
            ...{ jobId: job, settlementDate: day1, step, asked, requestId },
            fetchNumberBefore: asked === 'ingest' ? fetchNumber : null,
          },
        ]);
      });
      return requestId;
    }
    const publish = (id: string, agoSeconds = 0) =>
      run(owner, `update reconciliation.outbox set published_at = now() - make_interval(secs => $2) where id = $1`, [
        id,
        agoSeconds,
      ]);

    beforeEach(async () => {
      job = await newJob([day1]);
      await claimJobItems(reconciler, 62, 31);
    });

    it('of a day never fetched has no facts and was asked nothing', async () => {
      expect(await item()).toEqual({
        ...{ jobId: job, settlementDate: day1, traceparent: null, steps: range, step: 0, tries: 0, asked: null },
        ...{ begun: false, done: false, reported: null, fetched: false, silentMs: null, fetchNumber: 0 },
        ...{ calculationChecked: false, summaryChecked: false, day: null },
      });
    });

    it('has its ingestion begun with the first fetch after the request, and done when one committed', async () => {
      await ingest(owner, day1, []);
      const request = await ask('ingest');
      expect(await item()).toMatchObject({
        asked: 'ingest',
        tries: 1,
        fetched: true,
        begun: false,
        done: false,
        silentMs: null,
      });
      await publish(request);
      expect((await item()).silentMs).toBeGreaterThanOrEqual(0);
      await drawFetchNumber(owner, day1, request);
      expect(await item()).toMatchObject({ begun: true, done: false });
      await ingest(owner, day1, [], { periods: [outcome(9, 'failed'), outcome(4, 'failed')] });
      expect(await item()).toMatchObject({
        done: true,
        day: { failedPeriods: [4, 9], failedDetail: 'HTTP 500, 5 attempts' },
      });
    });

    it('is silent since the last sign of life, however long that is', async () => {
      const request = await ask('ingest');
      await publish(request, 100);
      expect((await item()).silentMs).toBeLessThan(50_000);
      const long = `now() - interval '60 days'`;
      await run(owner, `update reconciliation.job_items set asked_at = ${long}`);
      await run(owner, `update reconciliation.outbox set published_at = ${long}`);
      expect((await item()).silentMs).toBeGreaterThanOrEqual(60 * 86_400_000);
      // Published rows are deleted in the end, which makes the request no less sent.
      await run(owner, `delete from reconciliation.outbox`);
      expect((await item()).silentMs).toBeGreaterThanOrEqual(60 * 86_400_000);
      await drawFetchNumber(owner, day1, request);
      expect((await item()).silentMs).toBeLessThan(50_000);
    });

    it('has its derivations done when they were made after the request', async () => {
      await ingest(owner, day1, [record(day1)]);
      await calculate(owner, [day1]);
      await aggregate(owner, [day1]);
      await ask('calculate');
      expect(await item()).toMatchObject({
        ...{ tries: 1, fetched: false, done: false, day: { state: 'complete', calculationLags: false } },
      });
      await calculate(owner, [day1], { blocked: 'No difficulty' });
      expect(await item()).toMatchObject({
        done: true,
        calculationChecked: true,
        day: { state: 'partial', summaryLags: true, blockedDetail: 'No difficulty', blockedPeriods: [1, 2] },
      });
      await ask('aggregate');
      expect(await item()).toMatchObject({ done: false });
      await aggregate(owner, [day1]);
      expect(await item()).toMatchObject({
        ...{ done: true, summaryChecked: true, day: { state: 'blocked', summaryLags: false } },
      });
    });

    it('counts how often each step was asked for, and the most that any took', async () => {
      await ask('ingest', 0);
      await ask('ingest', 0);
      await ask('calculate', 1);
      expect(await item()).toMatchObject({ step: 1, tries: 1, asked: 'calculate', fetched: true });
      expect(await findJobItems(reconciler, job, { after: null, limit: 1 })).toMatchObject([{ attempts: 2 }]);
    });

    it('takes one report of what it asked for last', async () => {
      const givenUp = await ask('verify');
      const request = await ask('verify');
      const report = (id: string) =>
        reconciler.transaction((transaction) =>
          saveReportedItems(transaction, id, { outcome: 'differs', detail: 'One period.' }),
        );
      expect(await report(givenUp)).toEqual([]);
      expect(await item()).toMatchObject({ done: false, reported: null });
      expect(await report(request)).toEqual([{ jobId: job, settlementDate: day1, step: range[0] }]);
      expect(await item()).toMatchObject({ done: true, reported: { outcome: 'differs', detail: 'One period.' } });
      expect(await report(request)).toEqual([]);
    });
  });
});
