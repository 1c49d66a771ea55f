import { DATES_PER_REQUEST, DATES_UNDER_WAY } from '@app/contracts';
import {
  claimJobItems,
  Database,
  type EndedItem,
  type Executor,
  findOpenItems,
  type RunningItem,
  saveAskedItems,
  saveEndedItems,
  settleJobs,
  type SettledJob,
  tryLockJobs,
} from '@app/database';
import { type ItemProgress, type ItemStep, nextStep } from '@app/domain';
import { addToOutbox } from '@app/messaging';
import { traceFields } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditLog } from './audit-log.service.js';
import { factsOf } from './day-facts.js';
import { requestsFor } from './step-requests.js';

/** Whoever holds the jobs and says nothing for so long is paused or dead. */
const LONGEST_PAUSE_MS = 10_000;

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
  /** Some item may begin: a job came in or some item ended, or whoever ran before us died between that and seeing to it. */
  private due = true;
  /** Another replica may have left room. */
  private roomDue = false;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  /** Something happened that may let an item go on. */
  wake(): void {
    this.onWake();
  }

  /** Some item may begin. */
  begin(): void {
    this.due = true;
    this.onWake();
  }

  /** Another replica may have ended an item and died for good before it saw to the room that this left: look for such room, too. */
  lookForRoom(): void {
    this.roomDue = true;
  }

  whenWoken(listener: () => void): void {
    this.onWake = listener;
  }

  /** Takes the next step of each running item, if there is one to take. */
  async advance(): Promise<void> {
    const { due, roomDue } = this;
    this.due = false;
    this.roomDue = false;
    let seenTo = false;
    try {
      seenTo = await this.look(due, roomDue);
    } finally {
      this.due ||= due && !seenTo;
      this.roomDue ||= roomDue && !seenTo;
    }
  }

  /** @returns false when another replica is at it, which may have looked for items to begin before there was room */
  private async look(due: boolean, roomDue: boolean): Promise<boolean> {
    const { idle, queued, running } = due
      ? { idle: true, queued: true, running: [] }
      : await findOpenItems(this.database);
    const mayBegin = idle || (queued && roomDue);
    // A look without a lock: most of the time, everything that runs is only waited for.
    if (!mayBegin && running.every((item) => decide(item).step.do === 'wait')) return true;
    const advanced = await this.database.transaction(async (transaction) => {
      const moved = await advanceItems(transaction, mayBegin);
      const ended = moved?.settled.filter(({ state }) => state !== 'running') ?? [];
      await this.audit.ended(transaction, ended);
      return moved;
    });
    if (advanced === null) return false;
    const { decisions, settled, madeRoom } = advanced;
    for (const { item, step } of decisions) this.logStep(item, step);
    for (const job of settled)
      this.logger.log({
        msg: `job ${job.state}`,
        ...traceFields(job.traceparent ?? undefined),
        jobId: job.id,
        kind: job.kind,
      });
    if (madeRoom) this.begin();
    return true;
  }

  private logStep({ jobId, settlementDate, traceparent, steps }: RunningItem, step: ItemStep): void {
    const line = { ...traceFields(traceparent ?? undefined), jobId, settlementDate };
    if (step.do === 'ask') this.logger.log({ msg: 'asked', ...line, step: steps[step.step] });
    if (step.do !== 'end') return;
    if (step.state === 'completed') this.logger.log({ msg: 'item completed', ...line });
    else this.logger.warn({ msg: `item ${step.state}`, ...line, cause: step.cause });
  }
}

interface Taken {
  decisions: Decision[];
  /** Some item ended, and some other waits for the room that it left. */
  madeRoom: boolean;
}

interface Advanced extends Taken {
  settled: SettledJob[];
}

/** @returns null when another replica is at it */
async function advanceItems(transaction: Executor, mayBegin: boolean): Promise<Advanced | null> {
  if (!(await tryLockJobs(transaction, LONGEST_PAUSE_MS))) return null;
  let taken = mayBegin ? null : await takeSteps(transaction);
  if (taken === null || taken.madeRoom) {
    await claimJobItems(transaction, DATES_UNDER_WAY, DATES_PER_REQUEST);
    const begun = await takeSteps(transaction);
    taken = { decisions: [...(taken?.decisions ?? []), ...begun.decisions], madeRoom: begun.madeRoom };
  }
  return { ...taken, settled: await settleJobs(transaction) };
}

async function takeSteps(transaction: Executor): Promise<Taken> {
  const { running, queued } = await findOpenItems(transaction);
  const decisions = running.map(decide);
  await ask(transaction, decisions);
  await end(transaction, decisions);
  return { decisions, madeRoom: queued && decisions.some(({ step }) => step.do === 'end') };
}

function decide(item: RunningItem): Decision {
  return { item, step: nextStep(factsOf(item.day, item), progressOf(item)) };
}

async function ask(transaction: Executor, decisions: readonly Decision[]): Promise<void> {
  const asks = decisions.flatMap(({ item, step }) => (step.do === 'ask' ? [{ ...step, item }] : []));
  if (asks.length === 0) return;
  const { events, asked } = requestsFor(asks);
  await addToOutbox(transaction, 'reconciliation', events);
  await saveAskedItems(transaction, asked);
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

function progressOf(item: RunningItem): ItemProgress {
  return { ...item, asked: item.asked !== null };
}
