import { type Executor, rowsOf } from '../../executor.js';

export type PeriodState = 'not-settled' | 'not-fetched' | 'fetched' | 'fetched-empty' | 'failed';

export interface StoredPeriod {
  settlementPeriod: number;
  state: PeriodState;
  /**
   * Of the rows stored, null while none ever were; a failed fetch leaves it as it was. Something that is no hash when there are
   * more or fewer rows than were stored: whatever the source says then is a change.
   */
  contentHash: string | null;
  /** When the source last answered or was last asked in vain; null while it never was asked. */
  fetchedAt: string | null;
}

/** What is stored of each period of a day; empty for a day never fetched. */
export async function findSettlementPeriods(executor: Executor, settlementDate: string): Promise<StoredPeriod[]> {
  return await rowsOf<StoredPeriod>(
    executor,
    `select settlement_period as "settlementPeriod", state, fetched_at as "fetchedAt",
            case when p.row_count = coalesce(r.records, 0) then content_hash else 'rows added or taken away' end as "contentHash"
     from ingestion.settlement_periods p
     left join (
       select settlement_period, count(*) as records from ingestion.curtailment_records where settlement_date = $1
       group by settlement_period
     ) r using (settlement_period)
     where p.settlement_date = $1 order by settlement_period`,
    [settlementDate],
  );
}
