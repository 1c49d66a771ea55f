import { type DayState } from '@app/domain';
import { type StoredMissing } from '../reconciliation/find-day-states.js';

/** What a day lacks. */
export interface StoredGap extends StoredMissing {
  settlementDate: string;
}

/** Successive periods, within a day or over several, that were valued alike. */
export interface StoredMiningEpoch {
  /** Settlement date and period of its first and last half hour. */
  from: string;
  fromPeriod: number;
  to: string;
  toPeriod: number;
  difficulty: string;
  blockSubsidyBtc: string;
}

/** What figures of a span of dates rest on. */
export interface StoredLedger {
  /** The days of it that were ever fetched, in order. */
  days: { settlementDate: string; state: DayState; revision: number | null }[];
  /** What those days lack, in order. */
  missing: StoredGap[];
  /** How its days were valued, in order; none where nothing was calculated. */
  mining: StoredMiningEpoch[];
}

export const ledgerColumns = 'l.days, g.missing, n.mining';

/**
 * Joins that add the ledger of a span to the rows of `k`, which has its first and last date as `k.first` and `k.last`.
 *
 * The difficulty never returns to what it was, so equal values are one run.
 */
export const ledgerOf = `
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'settlementDate', s.settlement_date, 'state', s.state, 'revision', s.summary_revision)
             order by s.settlement_date), '[]') as days
    from reconciliation.day_states_between(k.first, k.last) s
  ) l
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'settlementDate', m.settlement_date, 'cause', m.cause, 'periods', m.periods, 'detail', m.detail)
             order by m.settlement_date, m.cause, m.periods), '[]') as missing
    from reconciliation.missing_between(k.first, k.last) m
  ) g
  cross join lateral (
    select coalesce(jsonb_agg(jsonb_build_object(
             'from', r.first[1], 'fromPeriod', r.first[2]::integer, 'to', r.last[1], 'toPeriod', r.last[2]::integer,
             'difficulty', r.difficulty, 'blockSubsidyBtc', r.subsidy) order by r.first[1], r.first[2]::integer), '[]') as mining
    from (
      select x ->> 'difficulty' as difficulty, x ->> 'blockSubsidyBtc' as subsidy,
             min(array[c.settlement_date::text, lpad(x ->> 'fromPeriod', 2, '0')]) as first,
             max(array[c.settlement_date::text, lpad(x ->> 'toPeriod', 2, '0')]) as last
      from calculation.calculated_days c, jsonb_array_elements(c.mining) x
      where c.settlement_date between k.first and k.last
      group by 1, 2
    ) r
  ) n`;
