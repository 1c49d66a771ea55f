import { type AuditAction, type AuditOutcome, type AuditRow } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { auditColumns } from './audit-columns.js';

/** Which rows are meant: those that fit each field that is not null. */
export interface AuditFilter {
  requestedBy: string | null;
  action: AuditAction | null;
  outcome: AuditOutcome | null;
  jobId: string | null;
  sinceAt: string | null;
  untilAt: string | null;
}

/** Rows of the audit log, newest first, from the newest or from before one. */
export async function findAuditRows(
  executor: Executor,
  filter: AuditFilter,
  page: { before: number | null; limit: number },
): Promise<AuditRow[]> {
  return await rowsOf<AuditRow>(
    executor,
    `select ${auditColumns} from reconciliation.audit_log
     where ($1::bigint is null or sequence < $1)
       and ($2::text is null or requested_by = $2)
       and ($3::text is null or action = $3)
       and ($4::text is null or outcome = $4)
       and ($5::uuid is null or job_id = $5)
       and ($6::timestamptz is null or at >= $6)
       and ($7::timestamptz is null or at < $7)
     order by sequence desc
     limit $8`,
    [
      page.before,
      filter.requestedBy,
      filter.action,
      filter.outcome,
      filter.jobId,
      filter.sinceAt,
      filter.untilAt,
      page.limit,
    ],
  );
}
