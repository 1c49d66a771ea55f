import { Database, type Executor, findEndedJobs, insertAuditRows, lockAuditHead } from '@app/database';
import { type AuditAction, type AuditEntry, chainEntries, WindfallError } from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';

/** What somebody wants to be done, before it is known what comes of it. */
export type Attempt = Pick<
  AuditEntry,
  'action' | 'requestedBy' | 'arguments' | 'reason' | 'planHash' | 'jobId' | 'beforeDigest' | 'afterDigest'
>;

/** An attempt as a caller asks for it; its reason and the hash of its plan have fields of their own in the log. */
export function attemptOf(
  action: AuditAction,
  requestedBy: string,
  asked: Readonly<Record<string, unknown>> & { reason?: string | undefined; planHash?: string | undefined },
  jobId: string | null = null,
): Attempt {
  const { reason = null, planHash = null, ...rest } = asked;
  return { action, requestedBy, arguments: rest, reason, planHash, jobId, beforeDigest: null, afterDigest: null };
}

/** Appends to the audit log: what was done in the transaction that does it, and what was refused. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger(AuditLog.name);

  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Notes that an attempt was accepted. It comes last in the transaction: the end of the log is locked from here to the commit.
   *
   * @param unchanged there was nothing to do
   */
  async accepted(transaction: Executor, attempt: Attempt, { unchanged = false } = {}): Promise<void> {
    await append(transaction, [{ ...attempt, outcome: unchanged ? 'unchanged' : 'accepted', cause: null }]);
  }

  /** Notes how jobs ended, of those among them that did; last in the transaction that ends them. */
  async ended(transaction: Executor, jobs: readonly { id: string }[]): Promise<void> {
    if (jobs.length === 0) return;
    const ended = await findEndedJobs(
      transaction,
      jobs.map(({ id }) => id),
    );
    await append(
      transaction,
      ended.map(({ kind, items, ...job }) => ({
        ...job,
        action: 'end-job',
        arguments: { kind, items },
        planHash: null,
      })),
    );
  }

  /** Does what was asked for; when that is refused, notes it and goes on refusing. An outage is no refusal. */
  async orRefused<Result>(attempt: Attempt, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WindfallError && error.code !== 'unavailable') await this.refused(attempt, error);
      throw error;
    }
  }

  private async refused(attempt: Attempt, { code, message }: WindfallError): Promise<void> {
    const entry: AuditEntry = { ...attempt, outcome: 'refused', cause: { code, detail: message } };
    try {
      await this.database.transaction((transaction) => append(transaction, [entry]));
    } catch (error) {
      // Nothing was done, so the caller is told the truth in any case.
      this.logger.error({ msg: 'A refusal could not be noted in the audit log', err: error, ...entry });
    }
  }
}

async function append(transaction: Executor, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { nowAt, ...head } = await lockAuditHead(transaction);
  await insertAuditRows(transaction, chainEntries(head, nowAt, entries));
}
