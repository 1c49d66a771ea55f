import { type CurtailmentRecord } from '@app/domain';
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

/** Inserts any number of records by one statement; the caller has deleted what they replace. */
export async function insertCurtailmentRecords(
  transaction: Executor,
  records: readonly CurtailmentRecord[],
): Promise<void> {
  await run(
    transaction,
    `insert into ingestion.curtailment_records (
       settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id, running_number, lead_party,
       volume_mwh, original_price_gbp_per_mwh, so_flag, cadl_flag, source_created_at)
     select * from unnest(
       $1::date[], $2::smallint[], $3::text[], $4::text[], $5::bigint[], $6::smallint[], $7::smallint[], $8::text[],
       $9::numeric[], $10::numeric[], $11::boolean[], $12::boolean[], $13::timestamptz[])`,
    [
      records.map((r) => r.settlementDate),
      records.map((r) => r.settlementPeriod),
      records.map((r) => r.side),
      records.map((r) => r.farmId),
      records.map((r) => r.acceptanceId),
      records.map((r) => r.bidOfferPairId),
      records.map((r) => r.runningNumber),
      records.map((r) => r.leadParty),
      records.map((r) => r.volumeMwh),
      records.map((r) => r.originalPriceGbpPerMwh),
      records.map((r) => r.soFlag),
      records.map((r) => r.cadlFlag),
      records.map((r) => r.sourceCreatedAt),
    ],
  );
}
