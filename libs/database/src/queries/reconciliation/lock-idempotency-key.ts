import { type Executor, run } from '../../executor.js';

/** Lets writes with one idempotency key through one at a time, so that the second finds what came of the first. */
export async function lockIdempotencyKey(
  transaction: Executor,
  requestedBy: string,
  idempotencyKey: string,
): Promise<void> {
  await run(transaction, `select pg_advisory_xact_lock(hashtextextended('idempotency ' || $1 || ' ' || $2, 0))`, [
    requestedBy,
    idempotencyKey,
  ]);
}
