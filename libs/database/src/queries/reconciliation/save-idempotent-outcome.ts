import { type Executor, run } from '../../executor.js';

/** Notes what came of a write, and forgets all that is older than 24 hours. */
export async function saveIdempotentOutcome(
  transaction: Executor,
  key: { requestedBy: string; idempotencyKey: string; requestHash: string },
  outcome: Record<string, unknown>,
): Promise<void> {
  // Two statements: an insertion beside a deletion would still find the key of two days ago.
  await run(transaction, `delete from reconciliation.idempotency_keys where created_at <= now() - interval '24 hours'`);
  await run(
    transaction,
    `insert into reconciliation.idempotency_keys (requested_by, idempotency_key, request_hash, outcome) values ($1, $2, $3, $4)`,
    [key.requestedBy, key.idempotencyKey, key.requestHash, JSON.stringify(outcome)],
  );
}
