import { type Executor, rowsOf } from '../../executor.js';

export interface IdempotentOutcome {
  requestHash: string;
  outcome: Record<string, unknown>;
}

/** What came of the write that a key of somebody named in the last 24 hours; null when there was none. */
export async function findIdempotentOutcome(
  executor: Executor,
  requestedBy: string,
  idempotencyKey: string,
): Promise<IdempotentOutcome | null> {
  const [found] = await rowsOf<IdempotentOutcome>(
    executor,
    `select request_hash as "requestHash", outcome from reconciliation.idempotency_keys
     where requested_by = $1 and idempotency_key = $2 and created_at > now() - interval '24 hours'`,
    [requestedBy, idempotencyKey],
  );
  return found ?? null;
}
