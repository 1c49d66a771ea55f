import { type Executor, rowsOf } from '../../executor.js';

/**
 * Dates that lack something which work can mend, newest first: of those ever fetched, and of those from `from` to `today`.
 *
 * @param from null when only dates ever fetched are looked at
 */
export async function findGapDates(executor: Executor, from: string | null, today: string): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    executor,
    `select settlement_date as "settlementDate" from reconciliation.missing
     where cause <> 'not-settled' or settlement_date < $2
     union
     select w.settlement_date::date
     from generate_series($1::date, $2::date - 1, interval '1 day') as w (settlement_date)
     where not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)
     order by "settlementDate" desc`,
    [from, today],
  );
  return rows.map((row) => row.settlementDate);
}
