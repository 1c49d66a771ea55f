import { type Executor, rowsOf } from '../../executor.js';

/** The job that a key made with this idempotency key in the last 24 hours, with the hash of its request. */
export async function findJobByIdempotencyKey(
  executor: Executor,
  requestedBy: string,
  idempotencyKey: string,
): Promise<{ id: string; requestHash: string } | null> {
  const [job] = await rowsOf<{ id: string; requestHash: string }>(
    executor,
    `select id, request_hash as "requestHash" from reconciliation.jobs
     where requested_by = $1 and idempotency_key = $2 and created_at > now() - interval '24 hours'`,
    [requestedBy, idempotencyKey],
  );
  return job ?? null;
}
