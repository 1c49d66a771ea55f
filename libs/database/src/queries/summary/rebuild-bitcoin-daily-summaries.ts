import { type Executor, rowsOf } from '../../executor.js';

/**
 * Sums the potential bitcoin of some days from the calculations: per farm and lead party, and in total, for each miner model.
 *
 * A calculated day without curtailment has 0 for each model; a blocked day has no row at all, since nothing is known of it.
 * Equal rows are not rewritten.
 *
 * @returns the days of which a row was written
 */
export async function rebuildBitcoinDailySummaries(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<string[]> {
  const written = await rowsOf<{ settlementDate: string }>(
    transaction,
    // Among the many rows of farms \`on conflict\` costs twice as much as joins, and under the lock on the year nothing conflicts.
    // One lead party for each combination, whatever the records say, so that no calculation is summed twice.
    `with lead as (
       select settlement_date, settlement_period, farm_id, min(lead_party) as lead_party
       from ingestion.curtailment_records
       where settlement_date = any($1::date[])
       group by settlement_date, settlement_period, farm_id
     ),
     farm as materialized (
       select h.settlement_date, h.farm_id, l.lead_party, h.miner_model, sum(h.potential_btc) as potential_btc
       from calculation.historical_bitcoin_calculations h
       join lead l using (settlement_date, settlement_period, farm_id)
       where h.settlement_date = any($1::date[])
       group by h.settlement_date, h.farm_id, l.lead_party, h.miner_model
     ),
     farms_gone as (
       delete from summary.bitcoin_farm_daily_summaries s
       where s.settlement_date = any($1::date[])
         and not exists (
           select from farm f
           where f.settlement_date = s.settlement_date and f.farm_id = s.farm_id and f.miner_model = s.miner_model
             and f.lead_party is not distinct from s.lead_party)
       returning settlement_date
     ),
     farms_changed as (
       update summary.bitcoin_farm_daily_summaries s set potential_btc = f.potential_btc
       from farm f
       where s.settlement_date = any($1::date[]) and f.settlement_date = s.settlement_date and f.farm_id = s.farm_id
         and f.miner_model = s.miner_model and f.lead_party is not distinct from s.lead_party and f.potential_btc <> s.potential_btc
       returning s.settlement_date
     ),
     farms_new as (
       insert into summary.bitcoin_farm_daily_summaries
       select * from farm f
       where not exists (
         select from summary.bitcoin_farm_daily_summaries s
         where s.settlement_date = any($1::date[]) and s.settlement_date = f.settlement_date and s.farm_id = f.farm_id
           and s.miner_model = f.miner_model and s.lead_party is not distinct from f.lead_party)
       returning settlement_date
     ),
     total as (
       select c.settlement_date, m.miner_model, coalesce(sum(f.potential_btc), 0) as potential_btc
       from calculation.calculated_days c
       cross join calculation.miner_models m
       left join farm f on f.settlement_date = c.settlement_date and f.miner_model = m.miner_model
       where c.settlement_date = any($1::date[]) and c.outcome = 'calculated'
       group by c.settlement_date, m.miner_model
     ),
     totals_gone as (
       delete from summary.bitcoin_daily_summaries s
       where s.settlement_date = any($1::date[])
         and not exists (select from total t where t.settlement_date = s.settlement_date and t.miner_model = s.miner_model)
       returning settlement_date
     ),
     totals as (
       insert into summary.bitcoin_daily_summaries as s
       select * from total
       on conflict (settlement_date, miner_model) do update set potential_btc = excluded.potential_btc
       where s.potential_btc <> excluded.potential_btc
       returning settlement_date
     )
     select settlement_date as "settlementDate" from farms_gone union select settlement_date from farms_changed
     union select settlement_date from farms_new union select settlement_date from totals_gone
     union select settlement_date from totals`,
    [settlementDates],
  );
  return written.map((row) => row.settlementDate);
}
