import { type Executor, rowsOf } from '../../executor.js';

/** What turns the MWh of some periods of a day into bitcoin for one miner model. */
export interface BitcoinFactor {
  settlementDate: string;
  fromPeriod: number;
  toPeriod: number;
  minerModel: string;
  hashrateThs: string;
  powerW: string;
  difficulty: string;
  blockSubsidyBtc: string;
  btcPerMwh: string;
}

// The calculations that ought to be there: the summed energy of each period and farm, times the factor in force.
const wanted = `
  factor as (
    select * from unnest($2::date[], $3::smallint[], $4::smallint[], $5::text[], $6::numeric[], $7::numeric[], $8::numeric[],
                         $9::numeric[], $10::numeric[])
      as f (settlement_date, from_period, to_period, miner_model, hashrate_ths, power_w, difficulty, block_subsidy_btc, btc_per_mwh)
  ),
  combination as (
    select settlement_date, settlement_period, farm_id, -sum(volume_mwh) as curtailed_mwh
    from ingestion.curtailment_records
    where settlement_date = any($1::date[])
    group by settlement_date, settlement_period, farm_id
  ),
  wanted as (
    select c.settlement_date, c.settlement_period, c.farm_id, f.miner_model, c.curtailed_mwh, f.difficulty, f.block_subsidy_btc,
           f.hashrate_ths, f.power_w, $11::smallint as formula_version, c.curtailed_mwh * f.btc_per_mwh as potential_btc
    from combination c
    join factor f on f.settlement_date = c.settlement_date and c.settlement_period between f.from_period and f.to_period
  )`;

function parametersOf(settlementDates: readonly string[], factors: readonly BitcoinFactor[], formulaVersion: number) {
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

/**
 * Deletes the calculations of some days that ought not to be there, or not with these values. A day without factors loses all.
 *
 * @returns the dates on which something was deleted
 */
export async function deleteSurplusCalculations(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with ${wanted},
     deleted as (
       delete from calculation.historical_bitcoin_calculations h
       where h.settlement_date = any($1::date[])
         and not exists (
           select from wanted w
           where w.settlement_date = h.settlement_date and w.settlement_period = h.settlement_period and w.farm_id = h.farm_id
             and w.miner_model = h.miner_model and w.curtailed_mwh = h.curtailed_mwh and w.difficulty = h.difficulty
             and w.block_subsidy_btc = h.block_subsidy_btc and w.hashrate_ths = h.hashrate_ths and w.power_w = h.power_w
             and w.formula_version = h.formula_version and w.potential_btc = h.potential_btc)
       returning h.settlement_date
     )
     select distinct settlement_date as "settlementDate" from deleted`,
    parametersOf(settlementDates, factors, formulaVersion),
  );
  return rows.map((row) => row.settlementDate);
}

/**
 * Inserts the calculations of some days that are not there yet, by one statement for all days.
 *
 * The caller holds the lock on the dates and has deleted what differs, so no row can conflict and the dear `ON CONFLICT` is
 * not needed.
 *
 * @returns the dates on which something was inserted
 */
export async function insertMissingCalculations(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with ${wanted},
     inserted as (
       insert into calculation.historical_bitcoin_calculations (
         settlement_date, settlement_period, farm_id, miner_model, curtailed_mwh, difficulty, block_subsidy_btc, hashrate_ths,
         power_w, formula_version, potential_btc)
       select * from wanted w
       where not exists (
         select from calculation.historical_bitcoin_calculations h
         where h.settlement_date = any($1::date[]) and h.settlement_date = w.settlement_date
           and h.settlement_period = w.settlement_period and h.farm_id = w.farm_id and h.miner_model = w.miner_model)
       returning settlement_date
     )
     select distinct settlement_date as "settlementDate" from inserted`,
    parametersOf(settlementDates, factors, formulaVersion),
  );
  return rows.map((row) => row.settlementDate);
}
