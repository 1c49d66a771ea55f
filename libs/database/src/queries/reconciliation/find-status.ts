import { type DayState } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';
import { prepared } from '../../prepared.js';

/** How many gaps a status names. */
export const NEWEST_GAPS = 10;
/** Today, and yesterday for some minutes after midnight, lack what has not settled, which is no gap but counts as one here. */
const UNSETTLED_DAYS = 2;
const GAPS_SOUGHT = NEWEST_GAPS + UNSETTLED_DAYS;

export interface StoredStatus {
  /** Different (date, period, farm) of all stored records. */
  combinations: number;
  models: { minerModel: string; actual: number }[];
  days: Record<DayState, number>;
  /** Dates that ought to be there and were never fetched. */
  absentDates: number;
  /** First of the month from which on the newest gaps lie, or all there are; null when there is none. */
  gapsFrom: string | null;
}

/**
 * How complete everything is, from what the ledgers of each month add up to.
 *
 * @param wanted first and last date that ought to be there; null when only dates ever fetched are looked at
 */
export async function findStatus(
  executor: Executor,
  wanted: { from: string; to: string } | null,
): Promise<StoredStatus> {
  return wanted === null
    ? await rowOf<StoredStatus>(executor, statusOfFetched)
    : await rowOf<StoredStatus>(executor, statusOfWanted, [wanted.from, wanted.to]);
}

/** @param absent rows `(month, dates)`: how many dates of each month ought to be there and are not */
const statusOf = (absent: string) => `
    with stored as (
      select *, absent + partial + blocked + provisional + complete as days from reconciliation.month_days
    ),
    absent as (${absent}),
    gap as (
      select month, sum(sum(gaps)) over (order by month desc) as gaps
      from (
        select month, absent + partial + blocked as gaps from stored union all select month, dates from absent
      ) g
      group by month having sum(gaps) > 0
    )
    select
      coalesce(sum(s.combinations), 0)::bigint as combinations,
      json_build_object('absent', coalesce(sum(s.absent), 0), 'partial', coalesce(sum(s.partial), 0),
                        'blocked', coalesce(sum(s.blocked), 0), 'provisional', coalesce(sum(s.provisional), 0),
                        'complete', coalesce(sum(s.complete), 0)) as days,
      (select json_agg(json_build_object('minerModel', o.miner_model, 'actual', coalesce(c.actual, 0)) order by o.position)
       from calculation.miner_models o
       left join (
         select miner_model, sum(calculations) as actual from reconciliation.month_calculations group by miner_model
       ) c using (miner_model)) as models,
      (select coalesce(sum(dates), 0)::bigint from absent) as "absentDates",
      (select coalesce(max(month) filter (where gaps >= ${GAPS_SOUGHT}), min(month)) from gap) as "gapsFrom"
    from stored s`;

// Without parameters it has one plan, kept from the first time on; others Postgres plans anew five times before it keeps one,
// which takes as long as the statement itself.
const statusOfFetched = prepared(statusOf('select null::date as month, 0 as dates where false'));

// Dates of each month that ought to be there, less those that are; of the first and last month only some are asked for.
const statusOfWanted = prepared(
  statusOf(`
      select m.month::date as month,
             least(m.month::date + interval '1 month', $2::date + 1)::date - greatest(m.month::date, $1::date) - coalesce(
               case when m.month::date >= $1::date and m.month::date + interval '1 month' <= $2::date + 1 then s.days
                    else (select count(*) from ingestion.settlement_days d
                          where d.settlement_date between greatest(m.month::date, $1::date) and
                                least(m.month::date + interval '1 month' - interval '1 day', $2::date)) end, 0) as dates
      from generate_series(date_trunc('month', $1::date), $2::date, interval '1 month') as m (month)
      left join stored s on s.month = m.month::date`),
);
