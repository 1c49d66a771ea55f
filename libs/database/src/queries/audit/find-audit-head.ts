import { type AuditHead } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What was noted of the end of the audit log, and the newest row at the same instant; undefined when the note is gone. */
export async function findAuditHead(executor: Executor): Promise<(AuditHead & { newest: number }) | undefined> {
  const [head] = await rowsOf<AuditHead & { newest: number }>(
    executor,
    `select h.sequence, h.hash, coalesce((select max(sequence) from reconciliation.audit_log), 0) as newest
     from reconciliation.audit_head h`,
  );
  return head;
}
