import { type Executor, run } from '../../executor.js';

/** Frees an idempotency key whose 24 hours are over, so that it can name a new job. */
export async function forgetIdempotencyKey(
  transaction: Executor,
  requestedBy: string,
  idempotencyKey: string,
): Promise<void> {
  await run(
    transaction,
    `update reconciliation.jobs set idempotency_key = null
     where requested_by = $1 and idempotency_key = $2 and created_at <= now() - interval '24 hours'`,
    [requestedBy, idempotencyKey],
  );
}
