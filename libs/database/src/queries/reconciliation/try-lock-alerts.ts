import { type Executor, rowOf } from '../../executor.js';

/** Makes this transaction the only one that tells of alerts; false when another replica is at it. */
export async function tryLockAlerts(transaction: Executor): Promise<boolean> {
  const { locked } = await rowOf<{ locked: boolean }>(
    transaction,
    `select pg_try_advisory_xact_lock(hashtext('reconciliation.alerts')) as locked`,
  );
  return locked;
}
