import { type Executor, rowsOf } from '../../executor.js';
import { keysWritten, type Replacement, replacementOf } from './replace-summaries.js';

const common = { scope: { column: 'settlement_date', type: 'date' }, columns: ['potential_btc'] } as const;
const replacements: Replacement[] = [
  {
    table: 'bitcoin_farm_daily_summaries',
    wanted: 'farm',
    dimensions: ['farm_id', 'lead_party', 'miner_model'],
    ...common,
  },
  { table: 'bitcoin_daily_summaries', wanted: 'total', dimensions: ['miner_model'], ...common },
];

/**
 * Sums the potential bitcoin of some days from the calculations: per farm and lead party, and in total, for each miner model.
 *
 * A calculated day without curtailment has 0 for each model; a blocked day has no row at all, since nothing is known of it.
 * Equal rows are not rewritten.
 *
 * The energy of the days has been summed before: its summaries tell the lead party of each farm.
 *
 * @returns the days of which a row was written
 */
export async function rebuildBitcoinDailySummaries(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<string[]> {
  const written = await rowsOf<{ settlementDate: string }>(
    transaction,
    // One lead party for each combination, whatever the records say, so that no calculation is summed twice. Nearly always
    // that is the only one of the farm and day; else the records of the period tell.
    `with lead as materialized (
       select settlement_date, farm_id, min(lead_party) as lead_party, count(*) as parties
       from summary.farm_daily_summaries
       where settlement_date = any($1::date[])
       group by settlement_date, farm_id
     ),
     lead_of_period as materialized (
       select r.settlement_date, r.settlement_period, r.farm_id, min(r.lead_party) as lead_party
       from ingestion.curtailment_records r
       join lead l on l.settlement_date = r.settlement_date and l.farm_id = r.farm_id and l.parties > 1
       where r.settlement_date = any($1::date[])
       group by r.settlement_date, r.settlement_period, r.farm_id
     ),
     farm as materialized (
       select h.settlement_date, h.farm_id, l.lead_party, h.miner_model, sum(h.potential_btc) as potential_btc
       from calculation.historical_bitcoin_calculations h
       join lead l on l.settlement_date = h.settlement_date and l.farm_id = h.farm_id and l.parties = 1
       where h.settlement_date = any($1::date[])
       group by h.settlement_date, h.farm_id, l.lead_party, h.miner_model
       union all
       select h.settlement_date, h.farm_id, l.lead_party, h.miner_model, sum(h.potential_btc)
       from calculation.historical_bitcoin_calculations h
       join lead_of_period l using (settlement_date, settlement_period, farm_id)
       where h.settlement_date = any($1::date[])
       group by h.settlement_date, h.farm_id, l.lead_party, h.miner_model
     ),
     total as (
       select c.settlement_date, m.miner_model, coalesce(sum(f.potential_btc), 0) as potential_btc
       from calculation.calculated_days c
       cross join calculation.miner_models m
       left join farm f on f.settlement_date = c.settlement_date and f.miner_model = m.miner_model
       where c.settlement_date = any($1::date[]) and c.outcome = 'calculated'
       group by c.settlement_date, m.miner_model
     ),
     ${replacements.map(replacementOf).join(',')}
     select key as "settlementDate" from (${keysWritten(replacements)}) written`,
    [settlementDates],
  );
  return written.map((row) => row.settlementDate);
}
