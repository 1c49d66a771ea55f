import { type BitcoinFactor } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { wantedCalculations, wantedParameters } from './wanted-calculations.js';

/** How the calculations of a day differ from what they ought to be. */
export interface CalculationDifference {
  settlementDate: string;
  /** Combinations of a period, farm and model without a calculation. */
  missing: number;
  /** Calculations that nothing accounts for. */
  surplus: number;
  /** Calculations of which some value is another. */
  differing: number;
  /** The settlement periods concerned. */
  periods: number[];
}

/**
 * Compares every calculation of some days with what it ought to be: the keys both ways, and each value.
 *
 * @returns the days that differ, in order; the caller prefers hash joins
 */
export async function compareCalculations(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
): Promise<CalculationDifference[]> {
  return await rowsOf<CalculationDifference>(
    transaction,
    `with ${wantedCalculations},
     stored as (
       select * from calculation.historical_bitcoin_calculations where settlement_date = any($1::date[])
     )
     select settlement_date as "settlementDate",
            count(*) filter (where h.potential_btc is null) as missing,
            count(*) filter (where w.potential_btc is null) as surplus,
            count(*) filter (where h.potential_btc is not null and w.potential_btc is not null) as differing,
            array_agg(distinct settlement_period order by settlement_period) as periods
     from wanted w
     full join stored h using (settlement_date, settlement_period, farm_id, miner_model)
     where (w.curtailed_mwh, w.difficulty, w.block_subsidy_btc, w.hashrate_ths, w.power_w, w.formula_version, w.potential_btc)
       is distinct from (h.curtailed_mwh, h.difficulty, h.block_subsidy_btc, h.hashrate_ths, h.power_w, h.formula_version, h.potential_btc)
     group by settlement_date order by settlement_date`,
    wantedParameters(settlementDates, factors, formulaVersion),
  );
}
