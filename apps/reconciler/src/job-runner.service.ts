import { aggregationRequestedV1, calculationRequestedV1, ingestionRequestedV1 } from '@app/contracts';
import {
  type AskedItem,
  claimJobItems,
  Database,
  type EndedItem,
  type Executor,
  findRunningItems,
  hasQueuedItems,
  type RunningItem,
  saveAskedItems,
  saveEndedItems,
  settleJobs,
  type SettledJob,
  tryLockJobs,
} from '@app/database';
import { type DayFacts, type ItemProgress, type ItemStep, nextStep, parsePeriods } from '@app/domain';
import { addToOutbox, newEvent, type NewEvent } from '@app/messaging';
import { traceFields } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';

interface Decision {
  item: RunningItem;
  step: ItemStep;
}

/**
 * Moves the items of all jobs on, by what the ledgers say. It remembers nothing: whoever runs next, after a crash or in
 * another replica, goes on from the tables.
 */
@Injectable()
export class JobRunner {
  private readonly logger = new Logger(JobRunner.name);

  private onWake: () => void = () => undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** Something happened that may let an item go on. */
  wake(): void {
    this.onWake();
  }

  whenWoken(listener: () => void): void {
    this.onWake = listener;
  }

  /** Takes the next step of each running item, if there is one to take. */
  async advance(): Promise<void> {
    if (!(await this.hasSomethingToDo())) return;
    const { decisions, settled } = await this.database.transaction(async (transaction) => {
      const advanced = await advanceItems(transaction);
      await this.audit.ended(transaction, advanced.settled);
      return advanced;
    });
    for (const { item, step } of decisions) this.logStep(item, step);
    for (const job of settled)
      this.logger.log({
        msg: `job ${job.state}`,
        ...traceFields(job.traceparent ?? undefined),
        jobId: job.id,
        kind: job.kind,
      });
    // What ended has made room for the next items of its job.
    if (decisions.some(({ step }) => step.do === 'end')) this.wake();
  }

  /** A look without a lock: most of the time, everything that runs is only waited for. */
  private async hasSomethingToDo(): Promise<boolean> {
    const items = await findRunningItems(this.database);
    return items.some((item) => decide(item).step.do !== 'wait') || (await hasQueuedItems(this.database));
  }

  private logStep({ jobId, settlementDate, traceparent }: RunningItem, step: ItemStep): void {
    const line = { ...traceFields(traceparent ?? undefined), jobId, settlementDate };
    if (step.do === 'ask') this.logger.log({ msg: `${step.for} requested`, ...line });
    if (step.do !== 'end') return;
    if (step.state === 'completed') this.logger.log({ msg: 'item completed', ...line });
    else this.logger.warn({ msg: `item ${step.state}`, ...line, cause: step.cause });
  }
}

async function advanceItems(transaction: Executor): Promise<{ decisions: Decision[]; settled: SettledJob[] }> {
  if (!(await tryLockJobs(transaction))) return { decisions: [], settled: [] };
  await claimJobItems(transaction);
  const items = await findRunningItems(transaction);
  const decisions = items.map(decide);
  await ask(transaction, decisions);
  await end(transaction, decisions);
  return { decisions, settled: await settleJobs(transaction) };
}

function decide(item: RunningItem): Decision {
  return { item, step: nextStep(factsOf(item), progressOf(item)) };
}

async function ask(transaction: Executor, decisions: readonly Decision[]): Promise<void> {
  const asked: AskedItem[] = [];
  const events: NewEvent[] = [];
  for (const { item, step } of decisions) {
    if (step.do !== 'ask') continue;
    const request = requestFor(item, step);
    events.push(request);
    asked.push({
      jobId: item.jobId,
      settlementDate: item.settlementDate,
      asked: step.for,
      requestId: request.event.id,
      fetchNumberBefore: item.fetchNumber,
    });
  }
  if (asked.length === 0) return;
  await addToOutbox(transaction, 'reconciliation', events);
  await saveAskedItems(transaction, asked);
}

function requestFor(item: RunningItem, step: Extract<ItemStep, { do: 'ask' }>): NewEvent {
  const { jobId, settlementDate, traceparent } = item;
  const options = { source: 'reconciler', traceparent: traceparent ?? undefined };
  if (step.for === 'ingestion') {
    const periods = step.periods === null ? null : [...step.periods];
    return newEvent(ingestionRequestedV1, { settlementDate, periods, jobId }, options);
  }
  const contract = step.for === 'calculation' ? calculationRequestedV1 : aggregationRequestedV1;
  return newEvent(contract, { settlementDates: [settlementDate], jobId }, options);
}

async function end(transaction: Executor, decisions: readonly Decision[]): Promise<void> {
  const ended = decisions.flatMap(({ item, step }): EndedItem[] =>
    step.do === 'end'
      ? [
          {
            jobId: item.jobId,
            settlementDate: item.settlementDate,
            state: step.state,
            cause: step.state === 'completed' ? null : step.cause,
          },
        ]
      : [],
  );
  if (ended.length > 0) await saveEndedItems(transaction, ended);
}

function factsOf(item: RunningItem): DayFacts | null {
  if (item.state === null) return null;
  return {
    state: item.state,
    sourceFinal: item.sourceFinal ?? false,
    failed: item.failedDetail === null ? null : { periods: item.failedPeriods, detail: item.failedDetail },
    unfetchedPeriods: item.unfetchedPeriods,
    calculationLags: item.state !== 'absent' && item.calculationLags === true,
    summaryLags: item.state !== 'absent' && item.summaryLags === true,
    blocked: item.blockedDetail === null ? null : { periods: item.blockedPeriods ?? [], detail: item.blockedDetail },
  };
}

function progressOf(item: RunningItem): ItemProgress {
  const { periods } = item.arguments;
  return {
    refetch: item.kind === 'ingest',
    periods: typeof periods === 'string' ? parsePeriods(periods, item.settlementDate) : null,
    attempts: item.attempts,
    asked: item.asked,
    begun: item.begun,
    done: item.done,
    silentMs: item.silentMs,
  };
}
