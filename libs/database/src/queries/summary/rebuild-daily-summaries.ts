import { type Executor, rowsOf } from '../../executor.js';

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
     gone as (
       delete from summary.farm_daily_summaries s
       where s.settlement_date = any($1::date[])
         and not exists (
           select from farm f
           where f.settlement_date = s.settlement_date and f.farm_id = s.farm_id and f.lead_party is not distinct from s.lead_party)
       returning settlement_date
     ),
     farms as (
       insert into summary.farm_daily_summaries as s
       select * from farm
       on conflict (settlement_date, farm_id, lead_party) do update set
         curtailed_mwh = excluded.curtailed_mwh, payment_gbp = excluded.payment_gbp,
         absolute_payment_gbp = excluded.absolute_payment_gbp
       where (s.curtailed_mwh, s.payment_gbp, s.absolute_payment_gbp)
         is distinct from (excluded.curtailed_mwh, excluded.payment_gbp, excluded.absolute_payment_gbp)
       returning settlement_date
     ),
     totals as (
       insert into summary.daily_summaries as s
       select d.settlement_date, coalesce(sum(f.curtailed_mwh), 0), coalesce(sum(f.payment_gbp), 0),
              coalesce(sum(f.absolute_payment_gbp), 0)
       from unnest($1::date[]) as d (settlement_date)
       left join farm f using (settlement_date)
       group by d.settlement_date
       on conflict (settlement_date) do update set
         curtailed_mwh = excluded.curtailed_mwh, payment_gbp = excluded.payment_gbp,
         absolute_payment_gbp = excluded.absolute_payment_gbp
       where (s.curtailed_mwh, s.payment_gbp, s.absolute_payment_gbp)
         is distinct from (excluded.curtailed_mwh, excluded.payment_gbp, excluded.absolute_payment_gbp)
       returning settlement_date
     )
     select settlement_date as "settlementDate" from gone union select settlement_date from farms union select settlement_date from totals`,
    [settlementDates],
  );
  return written.map((row) => row.settlementDate);
}
