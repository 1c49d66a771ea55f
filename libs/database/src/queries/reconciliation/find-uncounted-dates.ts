import { type Executor, rowsOf } from '../../executor.js';

export interface UncountedDate {
  settlementDate: string;
  periods: number[];
  farmIds: string[];
}

/** Dates on which bids were not counted of units that the newest register counts as wind, newest first. */
export async function findUncountedDates(executor: Executor): Promise<UncountedDate[]> {
  return await rowsOf<UncountedDate>(
    executor,
    `select p.settlement_date as "settlementDate",
            array_agg(distinct p.settlement_period order by p.settlement_period) as periods,
            array_agg(distinct u.farm_id order by u.farm_id) as "farmIds"
     from ingestion.settlement_periods p
     cross join unnest(p.uncounted_unit_ids) as u (farm_id)
     join ingestion.bm_units b on b.farm_id = u.farm_id and b.counted_as_wind
       and b.version = (select max(version) from ingestion.register_versions)
     where p.uncounted_unit_ids <> '{}'
     group by p.settlement_date
     order by p.settlement_date desc`,
  );
}
