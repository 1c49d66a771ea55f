import { type Executor, run } from '../../executor.js';

/**
 * Makes this transaction the only one that rebuilds summaries of these years, until it ends: two days of one month that are
 * summed at the same time would each miss the other. Locks are taken in order.
 */
export async function lockYears(transaction: Executor, years: readonly number[]): Promise<void> {
  await run(
    transaction,
    `select pg_advisory_xact_lock(hashtext('summary'), y.year)
     from (select distinct year from unnest($1::integer[]) as u (year) order by year) y`,
    [years],
  );
}
