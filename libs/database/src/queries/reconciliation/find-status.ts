import { type DayState, type MissingCause } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';

export interface StoredGap {
  settlementDate: string;
  cause: MissingCause;
  /** Empty when it is not about single periods. */
  periods: number[];
  detail: string | null;
}

export interface StoredStatus {
  /** Different (date, period, farm) of all stored records. */
  combinations: number;
  models: { minerModel: string; actual: number }[];
  days: Partial<Record<DayState, number>>;
  /** Dates that ought to be there and were never fetched. */
  absentDates: number;
  /** Newest first. */
  gaps: StoredGap[];
}

/**
 * How complete everything is, from the per-day ledgers alone.
 *
 * @param wanted   first and last date that ought to be there; null when only dates ever fetched are looked at
 * @param gapLimit how many of the newest gaps to name; periods that have not settled are none
 */
export async function findStatus(
  executor: Executor,
  wanted: { from: string; to: string } | null,
  gapLimit: number,
): Promise<StoredStatus> {
  return await rowOf<StoredStatus>(
    executor,
    `with absent as (
       select w.settlement_date::date as settlement_date
       from generate_series($1::date, $2::date, interval '1 day') as w (settlement_date)
       where not exists (select from ingestion.settlement_days d where d.settlement_date = w.settlement_date::date)
     ),
     gap as (
       select settlement_date, cause, periods, detail from reconciliation.missing where cause <> 'not-settled'
       union all
       select settlement_date, 'not-fetched', '{}', null from absent
       order by settlement_date desc, cause, periods limit $3
     )
     select
       (select coalesce(sum(combinations), 0)::bigint from ingestion.settlement_days) as combinations,
       (select jsonb_agg(jsonb_build_object('minerModel', m.miner_model, 'actual', coalesce(c.actual, 0)) order by m.position)
        from calculation.miner_models m
        left join (
          select miner_model, sum(calculations) as actual from calculation.calculation_counts group by miner_model
        ) c using (miner_model)) as models,
       (select coalesce(jsonb_object_agg(s.state, s.days), '{}')
        from (select state, count(*) as days from reconciliation.day_states group by state) s) as days,
       (select count(*) from absent) as "absentDates",
       (select coalesce(jsonb_agg(jsonb_build_object(
          'settlementDate', settlement_date, 'cause', cause, 'periods', periods, 'detail', detail)
          order by settlement_date desc, cause, periods), '[]') from gap) as gaps`,
    [wanted?.from ?? null, wanted?.to ?? null, gapLimit],
  );
}
