import { type AuditHead } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';

/**
 * The end of the audit log, held until the transaction ends: so the chain never forks, and time goes forward along it. Taken last
 * in a transaction, it can be part of no deadlock.
 */
export async function lockAuditHead(transaction: Executor): Promise<AuditHead & { nowAt: string }> {
  return await rowOf<AuditHead & { nowAt: string }>(
    transaction,
    `select sequence, hash, date_trunc('milliseconds', clock_timestamp()) as "nowAt" from reconciliation.audit_head for no key update`,
  );
}
