import { createHash } from 'node:crypto';
import { type Executor, findIdempotentOutcome, lockIdempotencyKey, saveIdempotentOutcome } from '@app/database';
import { WindfallError } from '@app/domain';

/** A write, as an idempotency key names it. */
export interface KeyedWrite {
  requestedBy: string;
  /** Null: each such write is one of its own. */
  idempotencyKey: string | null;
  /** What is asked for, whole, and as it was sent: what is filled in may be another thing when it is repeated. */
  request: unknown;
}

/**
 * Does a write once for each idempotency key: whoever comes second, or at the same time, gets what came of the first. A write
 * that is refused leaves the key free.
 *
 * @throws {WindfallError} `idempotency-conflict` when the key named another request in the last 24 hours
 */
export async function oncePerKey<Outcome extends Record<string, unknown>>(
  transaction: Executor,
  { requestedBy, idempotencyKey, request }: KeyedWrite,
  write: () => Promise<Outcome>,
): Promise<Outcome> {
  if (idempotencyKey === null) return await write();
  await lockIdempotencyKey(transaction, requestedBy, idempotencyKey);
  const requestHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const earlier = await findIdempotentOutcome(transaction, requestedBy, idempotencyKey);
  if (earlier?.requestHash === requestHash) return earlier.outcome as Outcome;
  if (earlier !== null) {
    const message = `Idempotency-Key ${idempotencyKey} was used for another request in the last 24 hours; take a new one.`;
    throw new WindfallError('idempotency-conflict', message);
  }
  const outcome = await write();
  await saveIdempotentOutcome(transaction, { requestedBy, idempotencyKey, requestHash }, outcome);
  return outcome;
}
