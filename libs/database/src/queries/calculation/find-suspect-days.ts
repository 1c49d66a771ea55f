import { type BitcoinFactor } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { factorsAndCombinations, wantedParameters } from './wanted-calculations.js';

/**
 * Days among those asked for on which some calculation may not be what it ought to be, by one look at each row.
 *
 * For each day and model the keys and energies of calculations and combinations are added up as 64-bit hashes, so that equal
 * sums mean equal sets; and each potential is its energy times the factor in force. A comparison row by row costs three times
 * as much, and is then made of these days alone.
 */
export async function findSuspectDays(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
): Promise<string[]> {
  const hash = 'sum(hashtextextended(farm_id, hash_numeric_extended(curtailed_mwh, settlement_period)))';
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with ${factorsAndCombinations},
     expected as (
       select f.settlement_date, f.miner_model, c.rows, c.hash
       from (select distinct settlement_date, miner_model from factor) f
       join (
         select settlement_date, count(*) as rows, ${hash} as hash from combination group by settlement_date
       ) c using (settlement_date)
     ),
     stored as (
       select h.settlement_date, h.miner_model, count(*) as rows, ${hash} as hash,
              bool_or((h.curtailed_mwh * f.btc_per_mwh = h.potential_btc and h.difficulty = f.difficulty
                       and h.block_subsidy_btc = f.block_subsidy_btc and h.hashrate_ths = f.hashrate_ths
                       and h.power_w = f.power_w and h.formula_version = $11::smallint) is not true) as differs
       from calculation.historical_bitcoin_calculations h
       left join factor f on f.settlement_date = h.settlement_date and f.miner_model = h.miner_model
         and h.settlement_period between f.from_period and f.to_period
       where h.settlement_date = any($1::date[])
       group by h.settlement_date, h.miner_model
     )
     select distinct settlement_date as "settlementDate"
     from expected e full join stored s using (settlement_date, miner_model)
     where (e.rows, e.hash) is distinct from (s.rows, s.hash) or s.differs
     order by settlement_date`,
    wantedParameters(settlementDates, factors, formulaVersion),
  );
  return rows.map((row) => row.settlementDate);
}
