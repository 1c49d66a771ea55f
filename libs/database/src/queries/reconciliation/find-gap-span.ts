import { type Executor, rowOf } from '../../executor.js';
import { prepared } from '../../prepared.js';
import { type DateRange } from './find-gaps.js';

/**
 * First and last date of the months with a day that is not complete, or with a date that was never fetched; null when there is
 * none. Read from a row a month, so that all of a complete history need not be looked at.
 *
 * @param wanted first and last date that ought to be there; null when only dates ever fetched are looked at
 */
export async function findGapSpan(executor: Executor, wanted: DateRange | null): Promise<DateRange | null> {
  const { from, to } = await rowOf<{ from: string | null; to: string | null }>(executor, statement, [
    wanted?.from ?? null,
    wanted?.to ?? null,
  ]);
  return from === null || to === null ? null : { from, to };
}

const statement = prepared(`
  select min(month)::text as from, (max(month) + interval '1 month' - interval '1 day')::date::text as to
  from (
    select month from reconciliation.month_days where absent + partial + blocked > 0
    union all
    select w.month::date
    from generate_series(date_trunc('month', $1::date), $2::date, interval '1 month') as w (month)
    left join reconciliation.month_days m on m.month = w.month::date
    where coalesce(m.absent + m.partial + m.blocked + m.provisional + m.complete, 0)
      < (w.month + interval '1 month')::date - w.month::date
  ) open`);
