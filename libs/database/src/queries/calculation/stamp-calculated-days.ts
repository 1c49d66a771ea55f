import { type Executor, rowsOf } from '../../executor.js';

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

/**
 * Records what the calculations of some days rest on. A day whose input, outcome and rows are all as before keeps its
 * revision and is not returned, so that nothing follows from it.
 *
 * @returns the days with a new revision
 */
export async function stampCalculatedDays(
  transaction: Executor,
  days: readonly CalculatedDay[],
): Promise<StampedCalculation[]> {
  return await rowsOf<StampedCalculation>(
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
     select s.settlement_date as "settlementDate", s.revision, s.derived_from as "derivedFrom", s.outcome,
            coalesce(sum(n.calculations), 0)::integer as "calculationCount"
     from stamped s
     join changed w on w.settlement_date = s.settlement_date and w.is_new
     left join calculation.calculation_counts n on n.settlement_date = s.settlement_date
     group by s.settlement_date, s.revision, s.derived_from, s.outcome
     order by s.settlement_date`,
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
