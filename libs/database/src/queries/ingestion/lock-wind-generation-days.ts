import { type Executor, rowsOf } from '../../executor.js';

/**
 * Makes the ledger rows of wind generation that are missing, and locks those of all these days until the end of the transaction.
 *
 * @param days each once; they are locked in the order of their dates, so that overlapping sets cannot wait for each other
 * @returns the days that no higher fetch has reached; on the others a newer fetch has the last word
 */
export async function lockWindGenerationDays(
  transaction: Executor,
  days: readonly { settlementDate: string; periodsExpected: number }[],
  fetchNumber: number,
): Promise<string[]> {
  const locked = await rowsOf<{ settlementDate: string; fetchNumber: number }>(
    transaction,
    `insert into ingestion.wind_generation_days as d (settlement_date, fetch_number, periods_expected, fetched_at)
     select settlement_date, 0, periods_expected, now()
     from unnest($1::date[], $2::smallint[]) as n (settlement_date, periods_expected)
     order by settlement_date
     on conflict (settlement_date) do update set periods_expected = excluded.periods_expected
     returning settlement_date as "settlementDate", fetch_number as "fetchNumber"`,
    [days.map((day) => day.settlementDate), days.map((day) => day.periodsExpected)],
  );
  return locked.filter((day) => day.fetchNumber <= fetchNumber).map((day) => day.settlementDate);
}
