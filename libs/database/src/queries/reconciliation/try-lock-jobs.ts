import { type Executor, rowOf } from '../../executor.js';

/**
 * Makes this transaction the only one that moves jobs on; false when another replica is at it.
 *
 * @param pauseMs a process that is paused for longer between two statements loses the transaction with all it did, so that
 *   another goes on and a late write is refused
 */
export async function tryLockJobs(transaction: Executor, pauseMs: number): Promise<boolean> {
  const { locked } = await rowOf<{ locked: boolean }>(
    transaction,
    `select set_config('idle_in_transaction_session_timeout', $1, true),
            pg_try_advisory_xact_lock(hashtext('reconciliation.jobs')) as locked`,
    [String(pauseMs)],
  );
  return locked;
}
