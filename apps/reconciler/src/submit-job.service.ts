import { randomInt, randomUUID } from 'node:crypto';
import { type CancelJob, type Job, type JobPlan, type PlanJob, type ResumeJob, type SubmitJob } from '@app/contracts';
import {
  cancelJob,
  Database,
  type Executor,
  findDateHolder,
  findJob,
  insertJob,
  lockDates,
  resumeJob,
} from '@app/database';
import { settlementDateAt, WindfallError } from '@app/domain';
import { activeTraceparent } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { JobRunner } from './job-runner.service.js';
import { type AnyRequest, asksForOneDate, batchSizeOf, filledIn, withSeeds } from './job-steps.js';
import { type KeyedWrite, oncePerKey } from './once-per-key.js';
import { type Outline, PlanJobService } from './plan-job.service.js';

/** Who asks when nobody does. */
export const SCHEDULE = 'schedule';

const SEEDS = 2 ** 32;

/** Takes jobs in, and orders about those that are there. The work itself is moved on by the job runner. */
@Injectable()
export class SubmitJobService {
  private readonly logger = new Logger(SubmitJobService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PlanJobService) private readonly planner: PlanJobService,
    @Inject(JobRunner) private readonly runner: JobRunner,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * What a job would do, as things are. Nothing is stored.
   *
   * @throws {WindfallError} as `submit`, but for what others hold, which the plan tells
   */
  async plan({ request }: PlanJob): Promise<JobPlan> {
    return this.planner.served(request, await this.planner.plan(this.database, request));
  }

  /**
   * Stores a job, or finds the one that the same key and body made before.
   *
   * @throws {WindfallError} `date-held` when another job works on a date of it and it is not to wait, `idempotency-conflict`
   *   when the key named another request, and all that planning throws
   */
  async submit({ request: asked, requestedBy, idempotencyKey }: SubmitJob): Promise<Job> {
    return await this.write({ requestedBy, idempotencyKey, request: asked }, async (transaction) => {
      const request = filledIn(asked, settlementDateAt(new Date().toISOString()));
      const outline = await this.planner.outline(transaction, request);
      const automatic = requestedBy === SCHEDULE;
      await refuseHeld(transaction, request, outline, automatic);
      const job = await this.store(transaction, request, outline, { requestedBy, automatic });
      await this.audit.accepted(transaction, attemptOf('submit-job', requestedBy, request, job.id));
      // With nothing to do it has ended already, and nobody will settle it.
      if (outline.items.length === 0) await this.audit.ended(transaction, [job]);
      return job;
    });
  }

  /** Ends what the job has not begun; running dates finish. Cancelling an ended job changes nothing. */
  async cancel(order: CancelJob): Promise<Job> {
    return await this.change('cancel', cancelJob, order);
  }

  /** Queues what an ended job has not done. Resuming a job with nothing left to do changes nothing. */
  async resume(order: ResumeJob): Promise<Job> {
    return await this.change('resume', resumeJob, order);
  }

  private async change(
    what: 'cancel' | 'resume',
    apply: typeof cancelJob,
    { jobId, requestedBy, idempotencyKey, reason }: CancelJob | ResumeJob,
  ): Promise<Job> {
    const write = { requestedBy, idempotencyKey, request: { [what]: jobId, reason } };
    return await this.write(write, async (transaction) => {
      await requireJob(transaction, jobId);
      const changed = await apply(transaction, jobId);
      const job = await requireJob(transaction, jobId);
      const attempt = attemptOf(`${what}-job`, requestedBy, { reason }, jobId);
      await this.audit.accepted(transaction, attempt, { unchanged: !changed });
      return job;
    });
  }

  /** @param work resolves to the job that it was about, as it left it: what a repeated write is answered with too */
  private async write(write: KeyedWrite, work: (transaction: Executor) => Promise<Job>): Promise<Job> {
    const { job } = await this.database.transaction((transaction) =>
      oncePerKey(transaction, write, async () => ({ job: await work(transaction) })),
    );
    this.runner.begin();
    return job;
  }

  private async store(
    transaction: Executor,
    request: AnyRequest,
    { items, result }: Outline,
    by: { requestedBy: string; automatic: boolean },
  ): Promise<Job> {
    const { kind, reason, ...rest } = request;
    const id = randomUUID();
    await insertJob(transaction, {
      ...by,
      id,
      kind,
      arguments: rest,
      batchSize: batchSizeOf(request),
      reason: reason ?? null,
      result,
      traceparent: activeTraceparent() ?? null,
      items: items.map((item) => ({ ...item, steps: withSeeds(item.steps, () => randomInt(SEEDS)) })),
    });
    this.logger.log({ msg: 'job accepted', jobId: id, kind, requestedBy: by.requestedBy, items: items.length });
    return await requireJob(transaction, id);
  }
}

async function requireJob(executor: Executor, id: string): Promise<Job> {
  const job = await findJob(executor, id);
  if (job === undefined) throw new WindfallError('unknown-job', `There is no job ${id}.`);
  return job;
}

/** Held dates are refused or wait, as the caller wants it; a request for one date is refused and others wait where nothing is said. */
async function refuseHeld(
  transaction: Executor,
  request: AnyRequest,
  { items }: Outline,
  automatic: boolean,
): Promise<void> {
  const exclusive = items.filter((item) => item.exclusive).map(({ settlementDate }) => settlementDate);
  const asked = 'onConflict' in request ? request.onConflict : undefined;
  if (exclusive.length === 0 || (asked ?? (asksForOneDate(request) ? 'fail' : 'queue')) === 'queue') return;
  await lockDates(transaction, 'reconciliation', exclusive);
  const holder = await findDateHolder(transaction, exclusive, automatic);
  if (holder === null) return;
  throw new WindfallError(
    'date-held',
    `${holder.settlementDate} is held by job ${holder.jobId} (${holder.kind}); wait for it, or ask with "onConflict": "queue".`,
    { details: { holder } },
  );
}
