import { type AuditRow } from '@app/domain';
import { type Executor, run } from '../../executor.js';

/** Appends rows to the audit log and notes the last of them as its end, which the transaction has locked. */
export async function insertAuditRows(transaction: Executor, rows: readonly AuditRow[]): Promise<void> {
  await run(
    transaction,
    `with row as (
       select * from jsonb_to_recordset($1) as r (
         sequence bigint, at timestamptz, action text, "requestedBy" text, arguments jsonb, reason text, "planHash" text, "jobId" uuid,
         outcome text, cause jsonb, "beforeDigest" text, "afterDigest" text, "previousHash" text, hash text)
     ),
     inserted as (
       insert into reconciliation.audit_log
         (sequence, at, action, requested_by, arguments, reason, plan_hash, job_id, outcome, cause, before_digest, after_digest,
          previous_hash, hash)
       select sequence, at, action, "requestedBy", arguments, reason, "planHash", "jobId", outcome, nullif(cause, 'null'),
              "beforeDigest", "afterDigest", "previousHash", hash
       from row
     )
     update reconciliation.audit_head h
     set sequence = l.sequence, hash = l.hash
     from (select sequence, hash from row order by sequence desc limit 1) l`,
    [JSON.stringify(rows)],
  );
}
