import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, insertJob, saveReportedItems, tryLockJobs } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { JobRunner } from './job-runner.service.js';
import { SweepService } from './sweep.service.js';

const dates = ['2025-05-01', '2025-05-02', '2025-05-03'];

describe('the runner of jobs', () => {
  let owner: Database;
  let reconciler: Database;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
  });
  afterAll(() => Promise.all([owner.close(), reconciler.close()]));

  beforeEach(() => owner.query('truncate reconciliation.jobs cascade'));

  const newRunner = () => new JobRunner(reconciler, new AuditLog(reconciler));
  /** Of two dates at once, that are only looked at: what came of that is told by whoever did. */
  async function submit(settlementDates: readonly string[]): Promise<string> {
    const id = randomUUID();
    await insertJob(reconciler, {
      ...{ id, kind: 'range', arguments: {}, batchSize: 2, requestedBy: 'operator', automatic: false },
      ...{ reason: null, result: null, traceparent: null },
      items: settlementDates.map((settlementDate) => ({
        settlementDate,
        steps: [{ do: 'verify', sampling: 'full', seed: 1, purpose: 'report' }],
        exclusive: true,
      })),
    });
    return id;
  }
  async function states(): Promise<string[]> {
    const rows = await owner.query(
      `select i.state from reconciliation.job_items i join reconciliation.jobs j on j.id = i.job_id
       order by j.created_at, settlement_date`,
    );
    return (rows as { state: string }[]).map(({ state }) => state);
  }

  describe('where a job has room for another date', () => {
    const oneRuns = ['running', 'queued', 'queued'];
    const twoRun = ['running', 'running', 'queued'];

    /** One of two dates runs: whoever ended another died before it began the next. */
    beforeEach(async () => {
      await submit(dates);
      await owner.query(
        `update reconciliation.job_items set state = 'running', begun_at = now() where settlement_date = $1`,
        [dates[0]],
      );
      await owner.query(`update reconciliation.jobs set state = 'running', started_at = now()`);
    });

    it('begins it as soon as it is there itself, and no more than there is room for', async () => {
      const runner = newRunner();
      await runner.advance();
      expect(await states()).toEqual(twoRun);
      await runner.advance();
      expect(await states()).toEqual(twoRun);
    });

    it('begins it later when another replica is at it, which may have looked before', async () => {
      const runner = newRunner();
      await owner.transaction(async (transaction) => {
        expect(await tryLockJobs(transaction, 10_000)).toBe(true);
        await runner.advance();
      });
      expect(await states()).toEqual(oneRuns);
      await runner.advance();
      expect(await states()).toEqual(twoRun);
    });

    it('begins it when the sweep has come by and nobody is at it, where another replica left the room and died', async () => {
      const runner = newRunner();
      await runner.advance();
      // All that it did, before it died.
      await owner.query(`update reconciliation.job_items set state = 'completed' where settlement_date = $1`, [
        dates[0],
      ]);
      await runner.advance();
      expect(await states()).toEqual(['completed', 'running', 'queued']);
      await new SweepService(reconciler, runner).sweep();
      await owner.transaction(async (transaction) => {
        expect(await tryLockJobs(transaction, 10_000)).toBe(true);
        await runner.advance();
      });
      expect(await states()).toEqual(['completed', 'running', 'queued']);
      await runner.advance();
      expect(await states()).toEqual(['completed', 'running', 'running']);
    });

    it('begins it later when the database failed in between', async () => {
      const runner = newRunner();
      await owner.query('alter table reconciliation.job_items rename to away');
      await expect(runner.advance()).rejects.toThrow('job_items');
      await owner.query('alter table reconciliation.away rename to job_items');
      await runner.advance();
      expect(await states()).toEqual(twoRun);
    });
  });

  describe('where a date ends', () => {
    /** What was asked for on behalf of the date that runs was done. */
    async function done(settlementDate: string): Promise<void> {
      const [asked] = (await owner.query(
        `select request_id from reconciliation.job_items where settlement_date = $1 and state = 'running'`,
        [settlementDate],
      )) as { request_id: string }[];
      const same = { outcome: 'same', detail: null } as const;
      await reconciler.transaction((transaction) => saveReportedItems(transaction, asked?.request_id ?? '', same));
    }

    /** Looks as often as the runner itself wants to, as the loop does. */
    async function advance(runner: JobRunner): Promise<void> {
      let woken = true;
      runner.whenWoken(() => (woken = true));
      while (woken) {
        woken = false;
        await runner.advance();
      }
    }

    it('begins the next of its job in the same transaction', async () => {
      const runner = newRunner();
      await submit(dates);
      await runner.advance();
      expect(await states()).toEqual(['running', 'running', 'queued']);
      await done('2025-05-01');
      await runner.advance();
      expect(await states()).toEqual(['completed', 'running', 'running']);
      const writers = `select distinct xmin from reconciliation.job_items where settlement_date <> '2025-05-02'`;
      expect(await owner.query(writers)).toHaveLength(1);
    });

    it('begins what another job waited to do with it', async () => {
      const runner = newRunner();
      await submit(['2025-05-01']);
      await submit(['2025-05-01', '2025-05-02']);
      await runner.advance();
      expect(await states()).toEqual(['running', 'waiting', 'running']);
      await done('2025-05-02');
      await advance(runner);
      expect(await states()).toEqual(['running', 'waiting', 'completed']);
      await done('2025-05-01');
      await advance(runner);
      expect(await states()).toEqual(['completed', 'running', 'completed']);
    });
  });
});
