import { type BitcoinFactor } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { factorsInForce, wantedParameters } from './wanted-calculations.js';

/**
 * Days among those asked for on which some calculation may not be what it ought to be, by one look at each row.
 *
 * For each day and model the keys and energies of calculations and combinations are added up as 64-bit hashes, so that equal
 * sums mean equal sets; and each potential is its energy times the factor in force. A comparison row by row costs three times
 * as much, and is then made of these days alone. They are looked at one after the other, by keys: the rows of a day are grouped
 * in the order they are read in, where hash tables of half a year took a seventh more processor time.
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
    `with ${factorsInForce},
     expected as (
       select settlement_date, count(distinct miner_model) as models from factor group by settlement_date
     )
     select settlement_date as "settlementDate"
     from unnest($1::date[]) as d (settlement_date)
     left join expected e using (settlement_date)
     cross join lateral (
       select count(*) as rows, ${hash} as hash
       from (
         select settlement_period, farm_id, -sum(volume_mwh) as curtailed_mwh from ingestion.curtailment_records r
         where r.settlement_date = d.settlement_date group by settlement_period, farm_id
       ) combination
     ) c
     cross join lateral (
       select count(*) as models, bool_and(agrees) as agree
       from (
         select (count(*), ${hash}) = (c.rows, c.hash)
                and bool_and((h.curtailed_mwh * f.btc_per_mwh = h.potential_btc and h.difficulty = f.difficulty
                              and h.block_subsidy_btc = f.block_subsidy_btc and h.hashrate_ths = f.hashrate_ths
                              and h.power_w = f.power_w and h.formula_version = $11::smallint) is true) as agrees
         from calculation.historical_bitcoin_calculations h
         left join factor f on f.settlement_date = d.settlement_date and f.miner_model = h.miner_model
           and h.settlement_period between f.from_period and f.to_period
         where h.settlement_date = d.settlement_date
         group by h.miner_model
       ) model
     ) s
     where s.agree is false or s.models <> case c.rows when 0 then 0 else coalesce(e.models, 0) end
     order by settlement_date`,
    wantedParameters(settlementDates, factors, formulaVersion),
  );
  return rows.map((row) => row.settlementDate);
}
