import { type Executor } from '@app/database';

/**
 * Takes away a share of all calculations, scattered over all dates.
 *
 * Which ones follows from their keys, so that it is the same each time.
 */
export async function takeAwayScattered(owner: Executor, share: number): Promise<void> {
  await owner.query(
    `delete from calculation.historical_bitcoin_calculations h
     using (
       select settlement_date, settlement_period, farm_id, miner_model from calculation.historical_bitcoin_calculations
       order by hashtextextended(farm_id || miner_model, (settlement_date - date '2000-01-01') * 100 + settlement_period)
       limit (select round(count(*) * $1::numeric) from calculation.historical_bitcoin_calculations)
     ) gone
     where (h.settlement_date, h.settlement_period, h.farm_id, h.miner_model)
       = (gone.settlement_date, gone.settlement_period, gone.farm_id, gone.miner_model)`,
    [share],
  );
}

/** Takes away all that was calculated of some dates: as many as have about this share of all calculations. */
export async function takeAwayWholeDates(owner: Executor, share: number): Promise<void> {
  await owner.query(
    `with counted as (
       select settlement_date, sum(sum(calculations)) over (order by hashtextextended(settlement_date::text, 1)) as so_far
       from calculation.calculation_counts group by settlement_date
     ),
     gone as (
       select settlement_date from counted
       where so_far <= (select sum(calculations) * $1::numeric from calculation.calculation_counts)
     ),
     days as (
       delete from calculation.calculated_days where settlement_date in (select settlement_date from gone)
     )
     delete from calculation.historical_bitcoin_calculations where settlement_date in (select settlement_date from gone)`,
    [share],
  );
}
