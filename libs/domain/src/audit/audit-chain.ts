import { createHash } from 'node:crypto';

export const auditActions = [
  'submit-job',
  'cancel-job',
  'resume-job',
  'end-job',
  'add-difficulty',
  'update-difficulty',
  'replay-dead-letters',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** `unchanged`: it was accepted, and there was nothing to do. The last three are how a job ended. */
export const auditOutcomes = ['accepted', 'unchanged', 'refused', 'completed', 'failed', 'cancelled'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Who wanted what and why, and what came of it. Plain JSON: it is read back as it was written. */
export interface AuditEntry {
  readonly action: AuditAction;
  /** Id of the operator key, or of the schedule. */
  readonly requestedBy: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly planHash: string | null;
  readonly jobId: string | null;
  readonly outcome: AuditOutcome;
  /** Why it was refused or failed. */
  readonly cause: { readonly code: string; readonly detail: string } | null;
  /** Of what the job's dates held before and after the work: equal when it changed nothing. */
  readonly beforeDigest: string | null;
  readonly afterDigest: string | null;
}

/** The end of a chain: every row carries the hash of the one before, so this stands for all of them. */
export interface AuditHead {
  /** Of the newest row; 0 before the first. */
  readonly sequence: number;
  readonly hash: string;
}

export interface AuditRow extends AuditEntry {
  /** From 1, without gaps. */
  readonly sequence: number;
  /** UTC, to the millisecond. */
  readonly at: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** What a chain begins with. */
export const AUDIT_ORIGIN: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

/** Appends entries, in their order, to the chain that ends with `head`. */
export function chainEntries(head: AuditHead, at: string, entries: readonly AuditEntry[]): AuditRow[] {
  const rows: AuditRow[] = [];
  let last = head;
  for (const entry of entries) {
    const row = { ...entry, sequence: last.sequence + 1, at, previousHash: last.hash };
    last = { sequence: row.sequence, hash: auditHash(row) };
    rows.push({ ...row, hash: last.hash });
  }
  return rows;
}

/** SHA-256, in hexadecimal, of all that a row says but the hash itself, as canonical JSON (RFC 8785) in UTF-8. */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const { sequence, at, action, requestedBy, reason, planHash, jobId, outcome, cause, previousHash } = row;
  const said = { sequence, at, action, requestedBy, arguments: row.arguments, reason, planHash, jobId, outcome, cause };
  const { beforeDigest, afterDigest } = row;
  return createHash('sha256')
    .update(canonicalJson({ ...said, beforeDigest, afterDigest, previousHash }))
    .digest('hex');
}

/** Where a chain is broken: at this row, in this way. */
export interface AuditBreak {
  readonly sequence: number;
  readonly kind: 'altered' | 'removed' | 'cut' | 'surplus';
  readonly detail: string;
}

/**
 * The first fault among rows that ought to follow `before`, null when there is none.
 *
 * @param rows in order
 */
export function findBreak(before: AuditHead, rows: readonly AuditRow[]): AuditBreak | null {
  let last = before;
  for (const row of rows) {
    const expected = last.sequence + 1;
    if (row.sequence !== expected) {
      return {
        sequence: expected,
        kind: 'removed',
        detail: `Row ${expected} is missing; row ${row.sequence} follows.`,
      };
    }
    if (auditHash(row) !== row.hash) {
      return {
        sequence: row.sequence,
        kind: 'altered',
        detail: `Row ${row.sequence} is not what its hash was made of.`,
      };
    }
    if (row.previousHash !== last.hash) {
      const detail = `Row ${row.sequence} does not follow row ${last.sequence} as it is now: one of them was altered.`;
      return { sequence: row.sequence, kind: 'altered', detail };
    }
    last = row;
  }
  return null;
}

/**
 * Whether the end of a chain that is sound up to there is the one that was noted, null when it is.
 *
 * @param last   the last row that is there
 * @param head   what was noted when the newest row was appended
 * @param newest sequence of the newest row at the instant at which the head was read
 */
export function findBreakAtEnd(last: AuditHead, head: AuditHead, newest: number): AuditBreak | null {
  if (last.sequence < head.sequence) {
    const detail = `The chain ends with row ${last.sequence}, and row ${head.sequence} is the newest that was appended.`;
    return { sequence: last.sequence + 1, kind: 'cut', detail };
  }
  if (last.hash !== head.hash) {
    const detail = `Row ${head.sequence} is another one than was appended.`;
    return { sequence: head.sequence, kind: 'altered', detail };
  }
  if (newest > head.sequence) {
    const detail = `Rows after ${head.sequence} were not appended by the reconciler.`;
    return { sequence: head.sequence + 1, kind: 'surplus', detail };
  }
  return null;
}

/** JSON whose bytes do not depend on the order in which fields were written. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  // By UTF-16 code units, as JavaScript compares text by itself.
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`;
}
