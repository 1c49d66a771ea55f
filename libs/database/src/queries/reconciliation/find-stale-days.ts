import { type Executor, rowsOf } from '../../executor.js';

export interface StaleDay {
  settlementDate: string;
  lags: 'calculation' | 'summary';
}

/**
 * Days whose derivations lag behind although what they rest on has been there for a while: their event was lost, or somebody
 * took calculations away or added some.
 *
 * @param forSeconds leave alone what changed more recently, since its event is still on the way
 */
export async function findStaleDays(executor: Executor, forSeconds: number): Promise<StaleDay[]> {
  return await rowsOf<StaleDay>(
    executor,
    // Only months with a partial day are looked at, and only the half hours of days that lag: most of the time, there is none.
    `with wind as materialized (
       select w.settlement_date, w.content_hash
       from ingestion.wind_generation_days w
       left join summary.daily_wind_generation g using (settlement_date)
       where w.revision is not null and g.derived_from is distinct from w.revision
         -- Where nothing is known any more, there is nothing to sum.
         and (g.derived_from is not null or w.content_hash is not null)
         and w.fetched_at < now() - make_interval(secs => $1)
     )
     select s.settlement_date as "settlementDate", case when s.calculation_lags then 'calculation' else 'summary' end as lags
     from (select month from reconciliation.month_days where partial > 0) m
     cross join lateral reconciliation.day_states_between(m.month, (m.month + interval '1 month' - interval '1 day')::date) s
     join ingestion.settlement_days d on d.settlement_date = s.settlement_date
     left join calculation.calculated_days c on c.settlement_date = s.settlement_date
     where s.ingestion_revision is not null and (s.calculation_lags or s.summary_lags)
       and greatest(d.fetched_at, c.calculated_at) < now() - make_interval(secs => $1)
     union
     select settlement_date, 'summary'
     from wind w
     -- What somebody altered is not summed before it is fetched again.
     where w.content_hash is not distinct from (
       select s.content_hash from ingestion.wind_generation_sums s where s.settlement_date = w.settlement_date)
     order by 1 desc`,
    [forSeconds],
  );
}
