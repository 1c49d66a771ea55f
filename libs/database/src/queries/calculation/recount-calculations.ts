import { type Executor, run } from '../../executor.js';

/**
 * Counts the calculations of some days again and corrects the ledger where it says something else. Triggers keep it right;
 * this is for what was done to the ledger itself.
 */
export async function recountCalculations(transaction: Executor, settlementDates: readonly string[]): Promise<void> {
  await run(
    transaction,
    `insert into calculation.calculation_counts as k (settlement_date, miner_model, calculations)
     select settlement_date, miner_model, coalesce(h.calculations, 0)
     from (
       select settlement_date, miner_model, count(*) as calculations from calculation.historical_bitcoin_calculations
       where settlement_date = any($1::date[]) group by settlement_date, miner_model
     ) h
     full join (
       select * from calculation.calculation_counts where settlement_date = any($1::date[])
     ) k using (settlement_date, miner_model)
     where coalesce(h.calculations, 0) is distinct from k.calculations
     on conflict (settlement_date, miner_model) do update set calculations = excluded.calculations`,
    [settlementDates],
  );
}
