import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type VerifyRequest } from '@app/contracts';
import { Database } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { createTestDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { FindDatesService } from './find-dates.service.js';
import { JobRunner } from './job-runner.service.js';
import { PlanJobService } from './plan-job.service.js';
import { SubmitJobService } from './submit-job.service.js';

describe('submitting a job', () => {
  let reconciler: Database;
  let service: SubmitJobService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const { urls } = await createTestDatabase();
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
    const audit = new AuditLog(reconciler);
    const planner = new PlanJobService(
      new FindDatesService(new DifficultyTable({ region: 'eu-west-2', table: 'unused' })),
    );
    service = new SubmitJobService(reconciler, planner, new JobRunner(reconciler, audit), audit);
  });
  afterAll(async () => {
    jest.useRealTimers();
    await reconciler.close();
  });

  /** Only the date is another: whatever waits goes on waiting by the real clock. */
  function clockShows(now: string): void {
    const doNotFake = [
      'setTimeout',
      'clearTimeout',
      'setInterval',
      'clearInterval',
      'setImmediate',
      'nextTick',
    ] as const;
    jest.useFakeTimers({ now: Date.parse(now), doNotFake: [...doNotFake] });
  }
  const submit = (request: Omit<VerifyRequest, 'kind'>, idempotencyKey: string | null) =>
    service.submit({ request: { kind: 'verify', ...request }, requestedBy: 'operator', idempotencyKey });

  it('makes a verification one of today, in London, and progressive unless told otherwise', async () => {
    clockShows('2025-06-15T23:30:00.000Z');
    expect((await submit({}, null)).arguments).toEqual({ date: '2025-06-16', sampling: 'progressive' });
    const told = { date: '2025-05-26', sampling: 'full' } as const;
    expect((await submit(told, null)).arguments).toEqual(told);
  });

  it('answers alike when it is repeated with its key after midnight, in London', async () => {
    clockShows('2025-06-15T22:59:59.000Z');
    const first = await submit({ reason: 'looked odd' }, 'once');
    expect(first.arguments).toMatchObject({ date: '2025-06-15' });
    clockShows('2025-06-15T23:00:01.000Z');
    expect(await submit({ reason: 'looked odd' }, 'once')).toEqual(first);
    const conflict = submit({ reason: 'looked odd', date: '2025-06-15' }, 'once');
    await expect(conflict).rejects.toMatchObject({ code: 'idempotency-conflict' });
  });

  it('carries out no plan of another day, although nothing that is stored has changed', async () => {
    const request = { kind: 'bmu-mapping', apply: true } as const;
    const carryOut = (planHash: string) =>
      service.submit({ request: { ...request, planHash }, requestedBy: 'operator', idempotencyKey: null });
    clockShows('2025-06-15T22:59:58.000Z');
    const { planHash } = await service.plan({ request });
    clockShows('2025-06-15T22:59:59.000Z');
    expect(await carryOut(planHash)).toMatchObject({ totals: { items: 1 } });
    clockShows('2025-06-15T23:00:01.000Z');
    await expect(carryOut(planHash)).rejects.toThrow(/^Other dates are concerned now/);
  });
});
