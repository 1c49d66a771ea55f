import { type Executor, rowsOf } from '../../executor.js';

export type PeriodState = 'not-settled' | 'not-fetched' | 'fetched' | 'fetched-empty' | 'failed';

export interface StoredPeriod {
  settlementPeriod: number;
  state: PeriodState;
  /** Of the rows stored, null while none ever were; a failed fetch leaves it as it was. */
  contentHash: string | null;
  /** When the source last answered or was last asked in vain; null while it never was asked. */
  fetchedAt: string | null;
}

/** What is stored of each period of a day; empty for a day never fetched. */
export async function findSettlementPeriods(executor: Executor, settlementDate: string): Promise<StoredPeriod[]> {
  return await rowsOf<StoredPeriod>(
    executor,
    `select settlement_period as "settlementPeriod", state, content_hash as "contentHash", fetched_at as "fetchedAt"
     from ingestion.settlement_periods where settlement_date = $1 order by settlement_period`,
    [settlementDate],
  );
}
