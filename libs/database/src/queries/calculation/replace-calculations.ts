import { type BitcoinFactor, type Narrowing } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { wantedCalculations, wantedParameters } from './wanted-calculations.js';

/** Whether a row of calculations is among those that are looked at; the parameters follow those of `wantedCalculations`. */
function among(row: string): string {
  return `($12::text is null or ${row}.miner_model = $12) and ($13::smallint is null or ${row}.settlement_period = $13)
         and ($14::text is null or ${row}.farm_id = $14)`;
}

function narrowingParameters(only: Narrowing | null) {
  return [only?.minerModel ?? null, only?.settlementPeriod ?? null, only?.farmId ?? null];
}

/**
 * Deletes the calculations of some days that ought not to be there, or not with these values. A day without factors loses all.
 *
 * @param only which calculations are looked at; all when null
 * @returns the dates on which something was deleted
 */
export async function deleteSurplusCalculations(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
  only: Narrowing | null = null,
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with ${wantedCalculations},
     deleted as (
       delete from calculation.historical_bitcoin_calculations h
       where h.settlement_date = any($1::date[])
         and ${among('h')}
         and not exists (
           select from wanted w
           where w.settlement_date = h.settlement_date and w.settlement_period = h.settlement_period and w.farm_id = h.farm_id
             and w.miner_model = h.miner_model and w.curtailed_mwh = h.curtailed_mwh and w.difficulty = h.difficulty
             and w.block_subsidy_btc = h.block_subsidy_btc and w.hashrate_ths = h.hashrate_ths and w.power_w = h.power_w
             and w.formula_version = h.formula_version and w.potential_btc = h.potential_btc)
       returning h.settlement_date
     )
     select distinct settlement_date as "settlementDate" from deleted`,
    [...wantedParameters(settlementDates, factors, formulaVersion), ...narrowingParameters(only)],
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
  only: Narrowing | null = null,
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with ${wantedCalculations},
     inserted as (
       insert into calculation.historical_bitcoin_calculations (
         settlement_date, settlement_period, farm_id, miner_model, curtailed_mwh, difficulty, block_subsidy_btc, hashrate_ths,
         power_w, formula_version, potential_btc)
       select * from wanted w
       where ${among('w')} and not exists (
         select from calculation.historical_bitcoin_calculations h
         where h.settlement_date = any($1::date[]) and h.settlement_date = w.settlement_date
           and h.settlement_period = w.settlement_period and h.farm_id = w.farm_id and h.miner_model = w.miner_model)
       returning settlement_date
     )
     select distinct settlement_date as "settlementDate" from inserted`,
    [...wantedParameters(settlementDates, factors, formulaVersion), ...narrowingParameters(only)],
  );
  return rows.map((row) => row.settlementDate);
}
