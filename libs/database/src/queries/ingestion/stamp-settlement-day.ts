import { WindfallError } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

export interface StampedDay {
  revision: number | null;
  periodsExpected: number;
  periodsLoaded: number;
  records: number;
  combinations: number;
  curtailedMwh: string;
}

/**
 * Closes the replacement of a day: records the fetch, counts the periods that are loaded, and draws a new revision when the
 * content changed. Totals of the records are kept by the table's own triggers; when no record changed they are counted again, for
 * somebody may have changed the ledger itself.
 *
 * @param finalAt the source changes the day by itself until this instant; a period fetched before it is provisional
 * @throws {WindfallError} `superseded` when a fetch with as high a number has committed: the last guard, for a caller who
 *   did not look at the number of the day that was locked
 */
export async function stampSettlementDay(
  transaction: Executor,
  day: { settlementDate: string; fetchNumber: number; contentChanged: boolean; finalAt: string },
): Promise<StampedDay> {
  const [stamped] = await rowsOf<StampedDay>(
    transaction,
    `update ingestion.settlement_days d
     set fetch_number = $2,
         fetched_at = now(),
         revision = case when $3 then nextval('ingestion.revision') else d.revision end,
         periods_loaded = p.loaded,
         source_final = p.source_final,
         records = coalesce(t.records, d.records), combinations = coalesce(t.combinations, d.combinations),
         curtailed_mwh = coalesce(t.curtailed_mwh, d.curtailed_mwh), payment_gbp = coalesce(t.payment_gbp, d.payment_gbp),
         absolute_payment_gbp = coalesce(t.absolute_payment_gbp, d.absolute_payment_gbp)
     from (
       select count(*) filter (where state in ('fetched', 'fetched-empty')) as loaded,
              coalesce(bool_and(fetched_at >= $4::timestamptz) filter (where state in ('fetched', 'fetched-empty')), false) as source_final
       from ingestion.settlement_periods where settlement_date = $1
     ) p
     left join (
       select count(*) as records, count(distinct (settlement_period, farm_id)) as combinations,
              coalesce(-sum(volume_mwh), 0) as curtailed_mwh,
              coalesce(sum(original_price_gbp_per_mwh * volume_mwh), 0) as payment_gbp,
              coalesce(sum(abs(original_price_gbp_per_mwh * volume_mwh)), 0) as absolute_payment_gbp
       from ingestion.curtailment_records where settlement_date = $1 and not $3
       having not $3
     ) t on true
     where d.settlement_date = $1 and d.fetch_number < $2
     returning d.revision, d.periods_expected as "periodsExpected", d.periods_loaded as "periodsLoaded", d.records,
               d.combinations, d.curtailed_mwh as "curtailedMwh"`,
    [day.settlementDate, day.fetchNumber, day.contentChanged, day.finalAt],
  );
  if (stamped !== undefined) return stamped;
  throw new WindfallError('superseded', `A newer fetch of ${day.settlementDate} has been stored; this one is dropped.`);
}
