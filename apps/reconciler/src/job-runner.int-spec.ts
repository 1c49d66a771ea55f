import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, insertJob, tryLockJobs } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { JobRunner } from './job-runner.service.js';

const dates = ['2025-05-01', '2025-05-02', '2025-05-03'];

describe('a job with room for another date', () => {
  let owner: Database;
  let reconciler: Database;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
  });
  afterAll(() => Promise.all([owner.close(), reconciler.close()]));

  /** One of two dates runs: whoever ended another died before it began the next. */
  beforeEach(async () => {
    await owner.query('truncate reconciliation.jobs cascade');
    await insertJob(reconciler, {
      ...{ id: randomUUID(), kind: 'range', arguments: {}, batchSize: 2, requestedBy: 'operator', automatic: false },
      ...{ reason: null, result: null, traceparent: null },
      items: dates.map((settlementDate) => ({
        settlementDate,
        steps: [{ do: 'ingest', periods: null, when: 'always', compareRows: false }],
        exclusive: true,
      })),
    });
    await owner.query(
      `update reconciliation.job_items set state = 'running', begun_at = now() where settlement_date = $1`,
      [dates[0]],
    );
    await owner.query(`update reconciliation.jobs set state = 'running', started_at = now()`);
  });

  const newRunner = () => new JobRunner(reconciler, new AuditLog(reconciler));
  async function states(): Promise<string[]> {
    const rows = await owner.query('select state from reconciliation.job_items order by settlement_date');
    return (rows as { state: string }[]).map(({ state }) => state);
  }
  const oneRuns = ['running', 'queued', 'queued'];
  const twoRun = ['running', 'running', 'queued'];

  it('begins it as soon as a runner is there, and no more than there is room for', async () => {
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

  it('begins it later when the database failed in between', async () => {
    const runner = newRunner();
    await owner.query('alter table reconciliation.job_items rename to away');
    await expect(runner.advance()).rejects.toThrow('job_items');
    await owner.query('alter table reconciliation.away rename to job_items');
    await runner.advance();
    expect(await states()).toEqual(twoRun);
  });
});
