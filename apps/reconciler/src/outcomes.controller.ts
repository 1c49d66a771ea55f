import { type EventOf, registerComparedV1, verificationCompletedV1 } from '@app/contracts';
import {
  Database,
  type Executor,
  findUncountedDates,
  insertJobItems,
  insertVerificationReport,
  saveJobResult,
  saveReportedItems,
} from '@app/database';
import { type Reported } from '@app/domain';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { JobRunner } from './job-runner.service.js';
import { stepsOf } from './job-steps.js';

/** Takes in what came of requests that no ledger tells of. An outcome nobody waits for any more has no effect. */
@Controller()
export class OutcomesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobRunner) private readonly runner: JobRunner,
  ) {}

  @OnEvent(verificationCompletedV1)
  async onVerified(events: EventOf<typeof verificationCompletedV1>[]): Promise<void> {
    for (const event of events) await this.database.transaction((transaction) => noteVerification(transaction, event));
    this.runner.wake();
  }

  @OnEvent(registerComparedV1)
  async onRegisterCompared(events: EventOf<typeof registerComparedV1>[]): Promise<void> {
    for (const { data } of events) {
      await this.database.transaction((transaction) => noteComparison(transaction, data));
    }
    this.runner.wake();
  }
}

/** The report is stored with the note that it came: an item never ends on a finding that nobody can read. */
async function noteVerification(
  transaction: Executor,
  { time, data }: EventOf<typeof verificationCompletedV1>,
): Promise<void> {
  const { requestId, outcome, confidence, periods } = data;
  const [item] = await saveReportedItems(transaction, requestId, { outcome, detail: confidence });
  if (item?.step.do !== 'verify') return;
  const { jobId, settlementDate, step } = item;
  const { sampling, purpose } = step;
  const found = { id: requestId, createdAt: time, sampling, purpose, outcome, confidence, periods };
  await insertVerificationReport(transaction, { ...found, jobId, settlementDate });
}

async function noteComparison(
  transaction: Executor,
  { requestId, failed, ...found }: EventOf<typeof registerComparedV1>['data'],
): Promise<void> {
  const reported: Reported = { outcome: failed === null ? 'done' : 'failed', detail: failed };
  const [item] = await saveReportedItems(transaction, requestId, reported);
  if (item === undefined || failed !== null) return;
  const { jobId: _, ...result } = found;
  const uncounted = await findUncountedDates(transaction);
  await saveJobResult(transaction, item.jobId, { ...result, uncounted });
  if (item.step.do !== 'compare-register' || !item.step.apply) return;
  await insertJobItems(
    transaction,
    item.jobId,
    uncounted.map(({ settlementDate }) => ({
      settlementDate,
      steps: stepsOf({ kind: 'ingest', date: settlementDate }, settlementDate),
      exclusive: true,
    })),
  );
}
