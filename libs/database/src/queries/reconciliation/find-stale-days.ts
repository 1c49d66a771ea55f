import { type Executor, rowsOf } from '../../executor.js';

export interface StaleDay {
  settlementDate: string;
  lags: 'calculation' | 'summary';
}

/**
 * Days whose derivations lag behind although what they rest on has been there for a while: their event was lost.
 *
 * @param forSeconds leave alone what changed more recently, since its event is still on the way
 */
export async function findStaleDays(executor: Executor, forSeconds: number): Promise<StaleDay[]> {
  return await rowsOf<StaleDay>(
    executor,
    `select d.settlement_date as "settlementDate",
            case when c.derived_from is distinct from d.revision then 'calculation' else 'summary' end as lags
     from ingestion.settlement_days d
     left join calculation.calculated_days c using (settlement_date)
     left join summary.aggregated_days a using (settlement_date)
     where d.revision is not null
       and (c.derived_from is distinct from d.revision or a.derived_from is distinct from c.revision)
       and greatest(d.fetched_at, c.calculated_at) < now() - make_interval(secs => $1)
     union
     select w.settlement_date, 'summary'
     from ingestion.wind_generation_days w
     left join summary.daily_wind_generation g using (settlement_date)
     where w.revision is not null and g.derived_from is distinct from w.revision
       and w.fetched_at < now() - make_interval(secs => $1)
     order by 1 desc`,
    [forSeconds],
  );
}
