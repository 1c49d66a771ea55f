import { type Executor, run } from '../../executor.js';

/** Deletes all records of some periods of a day; their replacement follows in the same transaction. */
export async function deleteCurtailmentRecords(
  transaction: Executor,
  settlementDate: string,
  settlementPeriods: readonly number[],
): Promise<void> {
  await run(
    transaction,
    `delete from ingestion.curtailment_records where settlement_date = $1 and settlement_period = any($2::smallint[])`,
    [settlementDate, settlementPeriods],
  );
}

/**
 * Inserts any number of records by one statement; the caller has deleted what they replace.
 *
 * @param recordsJson a list of `CurtailmentRecord` as JSON, text or UTF-8: a day has thousands, which come from another thread, and that many
 *   objects would be copied, taken apart into columns and left as garbage
 */
export async function insertCurtailmentRecords(transaction: Executor, recordsJson: string | Uint8Array): Promise<void> {
  await run(
    transaction,
    `insert into ingestion.curtailment_records (
       settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id, running_number, lead_party,
       volume_mwh, original_price_gbp_per_mwh, so_flag, cadl_flag, source_created_at)
     select * from json_to_recordset($1) as r (
       "settlementDate" date, "settlementPeriod" smallint, "side" text, "farmId" text, "acceptanceId" bigint,
       "bidOfferPairId" smallint, "runningNumber" smallint, "leadParty" text, "volumeMwh" numeric,
       "originalPriceGbpPerMwh" numeric, "soFlag" boolean, "cadlFlag" boolean, "sourceCreatedAt" timestamptz)`,
    [recordsJson],
  );
}
