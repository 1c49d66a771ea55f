import { createHash, randomUUID } from 'node:crypto';
import { type CancelJob, type Job, type JobRequest, type ResumeJob, type SubmitJob } from '@app/contracts';
import {
  cancelJob,
  Database,
  type Executor,
  findDateHolder,
  findJob,
  findJobByIdempotencyKey,
  forgetIdempotencyKey,
  insertJob,
  lockDates,
  resumeJob,
} from '@app/database';
import { settlementDateAt, settlementDatesBetween, WindfallError } from '@app/domain';
import { activeTraceparent } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { JobRunner } from './job-runner.service.js';

const DEFAULT_BATCH_SIZE = 10;

/** Takes jobs in, and orders about those that are there. The work itself is moved on by the job runner. */
@Injectable()
export class SubmitJobService {
  private readonly logger = new Logger(SubmitJobService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobRunner) private readonly runner: JobRunner,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /**
   * Stores a job, or finds the one that the same key and body made before.
   *
   * @throws {WindfallError} `date-held` when another job works on its only date, `idempotency-conflict` when the key named
   *   another request, `impossible-settlement-date` when a date has not begun yet
   */
  async submit({ request, requestedBy, idempotencyKey }: SubmitJob): Promise<Job> {
    const dates = datesOf(request);
    refuseFuture(dates);
    const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const id = await this.database.transaction(async (transaction) => {
      const earlier = await findEarlier(transaction, requestedBy, idempotencyKey, requestHash);
      if (earlier !== null) return earlier;
      await refuseHeld(transaction, request, dates);
      const { kind, reason, ...rest } = request;
      const job = {
        id: randomUUID(),
        kind,
        arguments: rest,
        batchSize: 'batchSize' in request ? (request.batchSize ?? DEFAULT_BATCH_SIZE) : DEFAULT_BATCH_SIZE,
        requestedBy,
        reason: reason ?? null,
        idempotencyKey,
        requestHash,
        traceparent: activeTraceparent() ?? null,
        settlementDates: dates,
      };
      await insertJob(transaction, job);
      await this.audit.accepted(transaction, attemptOf('submit-job', requestedBy, request, job.id));
      this.logger.log({ msg: 'job accepted', jobId: job.id, kind, requestedBy, items: dates.length });
      return job.id;
    });
    this.runner.wake();
    return await this.jobOf(id);
  }

  /** Ends what the job has not begun; running dates finish. Cancelling an ended job changes nothing. */
  async cancel({ jobId, requestedBy }: CancelJob): Promise<Job> {
    await this.jobOf(jobId);
    await this.database.transaction(async (transaction) => {
      const changed = await cancelJob(transaction, jobId);
      const attempt = attemptOf('cancel-job', requestedBy, {}, jobId);
      await this.audit.accepted(transaction, attempt, { unchanged: !changed });
    });
    this.runner.wake();
    return await this.jobOf(jobId);
  }

  /** Queues what an ended job has not done. Resuming a job with nothing left to do changes nothing. */
  async resume({ jobId, requestedBy }: ResumeJob): Promise<Job> {
    await this.jobOf(jobId);
    await this.database.transaction(async (transaction) => {
      const changed = await resumeJob(transaction, jobId);
      const attempt = attemptOf('resume-job', requestedBy, {}, jobId);
      await this.audit.accepted(transaction, attempt, { unchanged: !changed });
    });
    this.runner.wake();
    return await this.jobOf(jobId);
  }

  private async jobOf(id: string): Promise<Job> {
    const job = await findJob(this.database, id);
    if (job === undefined) throw new WindfallError('unknown-job', `There is no job ${id}.`);
    return job;
  }
}

function datesOf(request: JobRequest): string[] {
  return request.kind === 'range' ? settlementDatesBetween(request.from, request.to) : [request.date];
}

function refuseFuture(dates: readonly string[]): void {
  const today = settlementDateAt(new Date().toISOString());
  const last = dates.at(-1) ?? today;
  if (last <= today) return;
  throw new WindfallError(
    'impossible-settlement-date',
    `${last} has not begun yet; the newest settlement day is ${today}.`,
    {
      details: { allowed: `up to ${today}` },
    },
  );
}

async function findEarlier(
  transaction: Executor,
  requestedBy: string,
  idempotencyKey: string | null,
  requestHash: string,
): Promise<string | null> {
  if (idempotencyKey === null) return null;
  await forgetIdempotencyKey(transaction, requestedBy, idempotencyKey);
  const earlier = await findJobByIdempotencyKey(transaction, requestedBy, idempotencyKey);
  if (earlier === null || earlier.requestHash === requestHash) return earlier?.id ?? null;
  throw new WindfallError(
    'idempotency-conflict',
    `Idempotency-Key ${idempotencyKey} was used for another request; job ${earlier.id} came of it.`,
  );
}

/** One date that is held is refused unless the caller will wait; of many dates, the held ones wait by themselves. */
async function refuseHeld(transaction: Executor, request: JobRequest, dates: readonly string[]): Promise<void> {
  const onConflict = request.onConflict ?? (dates.length === 1 ? 'fail' : 'queue');
  if (onConflict === 'queue') return;
  await lockDates(transaction, 'reconciliation', dates);
  const holder = await findDateHolder(transaction, dates);
  if (holder === null) return;
  throw new WindfallError(
    'date-held',
    `${holder.settlementDate} is held by job ${holder.jobId} (${holder.kind}); wait for it, or ask with "onConflict": "queue".`,
    { details: { holder } },
  );
}
