import { type DayState, type MissingCause } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';

export interface StoredGap {
  settlementDate: string;
  cause: MissingCause;
  periods: number[];
  detail: string | null;
}

export interface StoredStatus {
  /** Different (date, period, farm) of all stored records. */
  combinations: number;
  models: { minerModel: string; actual: number }[];
  days: Partial<Record<DayState, number>>;
  firstDate: string | null;
  lastDate: string | null;
  /** Dates in the ledger, of any state, from the date given on. */
  knownDates: number;
  gaps: StoredGap[];
}

/**
 * How complete everything is, from the per-day ledgers alone.
 *
 * @param gapLimit how many of the newest gaps to name; periods that have not settled are none
 */
export async function findStatus(executor: Executor, gapLimit: number): Promise<StoredStatus> {
  return await rowOf<StoredStatus>(
    executor,
    `select
       (select coalesce(sum(combinations), 0)::bigint from ingestion.settlement_days) as combinations,
       (select jsonb_agg(jsonb_build_object('minerModel', m.miner_model, 'actual', coalesce(c.actual, 0)) order by m.miner_model)
        from calculation.miner_models m
        left join (
          select miner_model, sum(calculations) as actual from calculation.calculation_counts group by miner_model
        ) c using (miner_model)) as models,
       (select coalesce(jsonb_object_agg(s.state, s.days), '{}')
        from (select state, count(*) as days from reconciliation.day_states group by state) s) as days,
       (select coalesce(jsonb_agg(g order by g."settlementDate" desc, g.cause, g.periods), '[]')
        from (
          select settlement_date as "settlementDate", cause, periods, detail from reconciliation.missing
          where cause <> 'not-settled'
          order by settlement_date desc, cause, periods limit $1
        ) g) as gaps`,
    [gapLimit],
  );
}
