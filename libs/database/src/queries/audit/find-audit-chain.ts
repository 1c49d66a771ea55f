import { type AuditRow } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { auditColumns } from './audit-columns.js';

/** Rows of the audit log in the order in which they were appended, those after one and up to another. */
export async function findAuditChain(
  executor: Executor,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<AuditRow[]> {
  return await rowsOf<AuditRow>(
    executor,
    `select ${auditColumns} from reconciliation.audit_log where sequence > $1 and sequence <= $2 order by sequence limit $3`,
    [after, upTo, limit],
  );
}
