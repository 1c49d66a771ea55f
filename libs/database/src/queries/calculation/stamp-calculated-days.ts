import { type Executor, rowOf } from '../../executor.js';

export interface CalculatedDay {
  settlementDate: string;
  /** `ingestion.settlement_days.revision` that was read. */
  derivedFrom: number;
  /** Why nothing can be calculated, with the periods concerned; null when the day was calculated. */
  blocked: { detail: string; periods: readonly number[] } | null;
  provisional: boolean;
  mining: readonly { fromPeriod: number; toPeriod: number; difficulty: string; blockSubsidyBtc: string }[];
  /** Rows of the day were inserted or deleted. */
  rowsChanged: boolean;
}

export interface StampedCalculation {
  settlementDate: string;
  revision: number;
  derivedFrom: number;
  outcome: 'calculated' | 'blocked';
  calculationCount: number;
}

export interface StampedCalculations {
  /** The days with a new revision. */
  stamped: StampedCalculation[];
  /** Days whose ingested content is no longer the one that was read. */
  superseded: string[];
}

/**
 * Records what the calculations of some days rest on. A day whose input, outcome and rows are all as before keeps its
 * revision and is not returned, so that nothing follows from it.
 *
 * A revision of ingested content only grows, so one that is still the same was the same for every statement before this.
 */
export async function stampCalculatedDays(
  transaction: Executor,
  days: readonly CalculatedDay[],
): Promise<StampedCalculations> {
  return await rowOf<StampedCalculations>(
    transaction,
    `with wanted as (
       select settlement_date, derived_from, case when cause_detail is null then 'calculated' else 'blocked' end as outcome,
              cause_detail, array(select jsonb_array_elements_text(cause_periods)::smallint) as cause_periods, provisional, mining,
              rows_changed
       from unnest($1::date[], $2::bigint[], $3::text[], $4::jsonb[], $5::boolean[], $6::jsonb[], $7::boolean[])
         as u (settlement_date, derived_from, cause_detail, cause_periods, provisional, mining, rows_changed)
     ),
     changed as (
       select w.*, (c.settlement_date is null or w.rows_changed or w.derived_from <> c.derived_from or w.outcome <> c.outcome) as is_new
       from wanted w left join calculation.calculated_days c using (settlement_date)
     ),
     stamped as (
       insert into calculation.calculated_days as c
         (settlement_date, revision, derived_from, outcome, cause_detail, cause_periods, provisional, mining)
       select settlement_date, case when is_new then nextval('calculation.revision') else 0 end, derived_from, outcome, cause_detail,
              cause_periods, provisional, mining
       from changed
       order by settlement_date
       on conflict (settlement_date) do update set
         revision = case when excluded.revision = 0 then c.revision else excluded.revision end,
         derived_from = excluded.derived_from, outcome = excluded.outcome, cause_detail = excluded.cause_detail,
         cause_periods = excluded.cause_periods, provisional = excluded.provisional, mining = excluded.mining, calculated_at = now()
       returning settlement_date, revision, derived_from, outcome
     )
     select (
       select coalesce(json_agg(json_build_object(
                'settlementDate', s.settlement_date, 'revision', s.revision, 'derivedFrom', s.derived_from, 'outcome', s.outcome,
                'calculationCount', (
                  select coalesce(sum(n.calculations), 0) from calculation.calculation_counts n
                  where n.settlement_date = s.settlement_date)) order by s.settlement_date), '[]')
       from stamped s join changed w on w.settlement_date = s.settlement_date and w.is_new
     ) as stamped, (
       select coalesce(json_agg(w.settlement_date order by w.settlement_date), '[]')
       from wanted w join ingestion.settlement_days d using (settlement_date) where d.revision <> w.derived_from
     ) as superseded`,
    [
      days.map((d) => d.settlementDate),
      days.map((d) => d.derivedFrom),
      days.map((d) => d.blocked?.detail ?? null),
      days.map((d) => JSON.stringify(d.blocked?.periods ?? [])),
      days.map((d) => d.provisional),
      days.map((d) => JSON.stringify(d.mining)),
      days.map((d) => d.rowsChanged),
    ],
  );
}
