import { type MissingCause } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

export interface StoredGap {
  settlementDate: string;
  cause: MissingCause;
  /** Empty when it is not about single periods. */
  periods: number[];
  detail: string | null;
}

/**
 * What is missing on the newest dates, newest first.
 *
 * @param from   earlier dates are not looked at
 * @param wanted first and last date that ought to be there; null when only dates ever fetched are looked at
 */
export async function findNewestGaps(
  executor: Executor,
  from: string,
  wanted: { from: string; to: string } | null,
  limit: number,
): Promise<StoredGap[]> {
  return await rowsOf<StoredGap>(
    executor,
    `select settlement_date as "settlementDate", cause, periods, detail from reconciliation.missing_between($1, 'infinity')
     union all
     select w.settlement_date::date, 'not-fetched', '{}', null
     from generate_series(greatest($1, $2::date), $3::date, interval '1 day') as w (settlement_date)
     where not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)
     order by 1 desc, 2, 3 limit $4`,
    [from, wanted?.from ?? null, wanted?.to ?? null, limit],
  );
}
