import { type Executor, run } from '../../executor.js';

/** Deletes all half hours of some days; the caller has locked the days and has what takes their place. */
export async function deleteWindPeriods(transaction: Executor, settlementDates: readonly string[]): Promise<void> {
  await run(transaction, `delete from ingestion.wind_generation_data where settlement_date = any($1::date[])`, [
    settlementDates,
  ]);
}
