import { type Executor, rowsOf } from '../../executor.js';

/**
 * Dates whose ingested content is no longer the one that was read at the start of the transaction.
 *
 * Asked last before the commit: a revision only grows, so if it is still the same, every statement in between saw it too.
 */
export async function findSupersededDays(
  transaction: Executor,
  read: readonly { settlementDate: string; ingestionRevision: number }[],
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `select r.settlement_date as "settlementDate"
     from unnest($1::date[], $2::bigint[]) as r (settlement_date, revision)
     join ingestion.settlement_days d using (settlement_date)
     where d.revision <> r.revision order by r.settlement_date`,
    [read.map((r) => r.settlementDate), read.map((r) => r.ingestionRevision)],
  );
  return rows.map((row) => row.settlementDate);
}
