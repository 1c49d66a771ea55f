import { type Executor, rowsOf } from '../../executor.js';

/** Dates of a range of which something is stored, newest first. */
export async function findIngestedDates(executor: Executor, from: string, to: string): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    executor,
    `select settlement_date as "settlementDate" from ingestion.settlement_days
     where settlement_date between $1 and $2 and revision is not null
     order by settlement_date desc`,
    [from, to],
  );
  return rows.map((row) => row.settlementDate);
}
