import { type Executor, run } from '../executor.js';

/**
 * Makes this transaction the only one that derives something for these dates, until it ends.
 *
 * Locks are taken in the order of the dates, so that two overlapping sets cannot wait for each other.
 */
export async function lockDates(
  transaction: Executor,
  owner: 'calculation' | 'reconciliation',
  settlementDates: readonly string[],
): Promise<void> {
  await run(
    transaction,
    `select pg_advisory_xact_lock(hashtext($1), d.settlement_date - date '2000-01-01')
     from (select distinct settlement_date from unnest($2::date[]) as u (settlement_date) order by settlement_date) d`,
    [owner, settlementDates],
  );
}
