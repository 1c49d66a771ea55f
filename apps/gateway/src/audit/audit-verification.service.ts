import { Database, findAuditChain, findAuditHead } from '@app/database';
import { AUDIT_ORIGIN, type AuditBreak, type AuditHead, findBreak, findBreakAtEnd } from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.js';
import { type AuditVerificationResult } from './audit.dto.js';

/** Rows hashed in a row, so that other requests get their turn in between. */
const ROWS_AT_ONCE = 500;

/** Reads the whole audit log and finds where it is not what was appended. It runs once at a time, however many ask. */
@Injectable()
export class AuditVerification {
  private running: Promise<AuditVerificationResult> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async verify(): Promise<AuditVerificationResult> {
    this.running ??= this.verifyOnce().finally(() => {
      this.running = undefined;
    });
    return await this.running;
  }

  private async verifyOnce(): Promise<AuditVerificationResult> {
    const head = await findAuditHead(this.database);
    if (head === undefined) {
      const detail = 'The note of the newest row is gone, so nobody can tell whether rows are missing at the end.';
      return this.resultOf(AUDIT_ORIGIN, AUDIT_ORIGIN, { sequence: 1, kind: 'cut', detail });
    }
    const { last, fault } = await this.follow(head.sequence);
    return this.resultOf(last, head, fault ?? findBreakAtEnd(last, head, head.newest));
  }

  /** The last sound row up to one, with the fault that follows it. */
  private async follow(upTo: number): Promise<{ last: AuditHead; fault: AuditBreak | null }> {
    for (let last = AUDIT_ORIGIN; ;) {
      const rows = await findAuditChain(this.database, { after: last.sequence, upTo, limit: ROWS_AT_ONCE });
      const fault = findBreak(last, rows);
      if (fault !== null) return { last: rows[fault.sequence - last.sequence - 2] ?? last, fault };
      last = rows.at(-1) ?? last;
      if (rows.length < ROWS_AT_ONCE) return { last, fault: null };
    }
  }

  private resultOf(last: AuditHead, head: AuditHead, fault: AuditBreak | null): AuditVerificationResult {
    return {
      intact: fault === null,
      rows: last.sequence,
      headSequence: head.sequence,
      headHash: head.hash,
      break: fault,
      verifiedAt: this.now(),
    };
  }
}
