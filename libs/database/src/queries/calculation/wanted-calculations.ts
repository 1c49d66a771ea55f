import { type BitcoinFactor } from '@app/domain';

/** A CTE of the factors in force. */
export const factorsInForce = `
  factor as (
    select * from unnest($2::date[], $3::smallint[], $4::smallint[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
                         $9::numeric[], $10::numeric[])
      as f (settlement_date, from_period, to_period, miner_model, hashrate_ths, power_w, difficulty, block_subsidy_btc, btc_per_mwh)
  )`;

/** A CTE of the summed energy of each period and farm. */
const combinations = `
  combination as (
    select settlement_date, settlement_period, farm_id, -sum(volume_mwh) as curtailed_mwh
    from ingestion.curtailment_records
    where settlement_date = any($1::date[])
    group by settlement_date, settlement_period, farm_id
  )`;

/** CTEs that end in `wanted`, the calculations that ought to be there: each energy times the factor in force. */
export const wantedCalculations = `${factorsInForce}, ${combinations},
  wanted as (
    select c.settlement_date, c.settlement_period, c.farm_id, f.miner_model, c.curtailed_mwh, f.difficulty, f.block_subsidy_btc,
           f.hashrate_ths, f.power_w, $11::smallint as formula_version, c.curtailed_mwh * f.btc_per_mwh as potential_btc
    from combination c
    join factor f on f.settlement_date = c.settlement_date and c.settlement_period between f.from_period and f.to_period
  )`;

/** The parameters `$1` to `$11` of these CTEs. */
export function wantedParameters(
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
) {
  return [
    settlementDates,
    factors.map((f) => f.settlementDate),
    factors.map((f) => f.fromPeriod),
    factors.map((f) => f.toPeriod),
    factors.map((f) => f.minerModel),
    factors.map((f) => f.hashrateThs),
    factors.map((f) => f.powerW),
    factors.map((f) => f.difficulty),
    factors.map((f) => f.blockSubsidyBtc),
    factors.map((f) => f.btcPerMwh),
    formulaVersion,
  ];
}
