import { type Executor, rowOf } from '../../executor.js';

export interface LockedDay {
  /** Highest fetch that committed before; 0 for a day never fetched. */
  fetchNumber: number;
  /** Null while nothing was ever loaded. */
  revision: number | null;
}

/**
 * Makes the day's ledger row if there is none and locks it until the end of the transaction.
 *
 * Whoever holds the lock is the only one to change the day; periods and records need no locks of their own.
 */
export async function lockSettlementDay(
  transaction: Executor,
  settlementDate: string,
  periodsExpected: number,
): Promise<LockedDay> {
  return await rowOf<LockedDay>(
    transaction,
    `insert into ingestion.settlement_days as d (settlement_date, fetch_number, periods_expected, fetched_at)
     values ($1, 0, $2, now())
     on conflict (settlement_date) do update set periods_expected = d.periods_expected
     returning fetch_number as "fetchNumber", revision`,
    [settlementDate, periodsExpected],
  );
}
