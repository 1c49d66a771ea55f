import { type Executor, rowsOf } from '../../executor.js';
import { keysWritten, type Replacement, replacementOf } from './replace-summaries.js';

const common = {
  scope: { column: 'settlement_date', type: 'date' },
  columns: ['curtailed_mwh', 'payment_gbp', 'absolute_payment_gbp'],
} as const;
const replacements: Replacement[] = [
  { table: 'farm_daily_summaries', wanted: 'farm', dimensions: ['farm_id', 'lead_party'], ...common },
  { table: 'daily_summaries', wanted: 'total', dimensions: [], ...common },
];

/**
 * Sums energy and payment of some days from the records: per farm and lead party, and in total. Equal rows are not rewritten.
 *
 * @returns the days of which a row was written
 */
export async function rebuildDailySummaries(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<string[]> {
  const written = await rowsOf<{ settlementDate: string }>(
    transaction,
    `with farm as materialized (
       select settlement_date, farm_id, lead_party, -sum(volume_mwh) as curtailed_mwh,
              sum(original_price_gbp_per_mwh * volume_mwh) as payment_gbp,
              sum(abs(original_price_gbp_per_mwh * volume_mwh)) as absolute_payment_gbp
       from ingestion.curtailment_records
       where settlement_date = any($1::date[])
       group by settlement_date, farm_id, lead_party
     ),
     total as (
       select d.settlement_date, coalesce(sum(f.curtailed_mwh), 0) as curtailed_mwh, coalesce(sum(f.payment_gbp), 0) as payment_gbp,
              coalesce(sum(f.absolute_payment_gbp), 0) as absolute_payment_gbp
       from unnest($1::date[]) as d (settlement_date)
       left join farm f using (settlement_date)
       group by d.settlement_date
     ),
     ${replacements.map(replacementOf).join(',')}
     select key as "settlementDate" from (${keysWritten(replacements)}) written`,
    [settlementDates],
  );
  return written.map((row) => row.settlementDate);
}
