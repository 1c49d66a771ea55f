import { type Executor, rowsOf } from '../../executor.js';

/** A stored curtailment record, in the order and words in which it is served; decimals have the digits that the source sent. */
export interface StoredRecord {
  settlementDate: string;
  settlementPeriod: number;
  farmId: string;
  leadParty: string | null;
  side: 'bid';
  acceptanceId: number | null;
  bidOfferPairId: number | null;
  volumeMwh: string;
  originalPriceGbpPerMwh: string;
  soFlag: boolean;
  cadlFlag: boolean | null;
  sourceCreatedAt: string | null;
}

/** What tells a record from all others of its date, in the order of the list; 0 stands for no acceptance and no pair. */
export type RecordPosition = [
  settlementPeriod: number,
  farmId: string,
  acceptanceId: number,
  bidOfferPairId: number,
  runningNumber: number,
];

export interface ListedRecord {
  record: StoredRecord;
  /** The record as JSON, with those digits as numbers: a JavaScript number would not keep them all. */
  json: string;
  position: RecordPosition;
}

/** Records of a date in order, from the first or from after a position. */
export async function findCurtailmentRecords(
  executor: Executor,
  settlementDate: string,
  filter: { settlementPeriod: number | null; farmId: string | null },
  page: { after: RecordPosition | null; limit: number },
): Promise<ListedRecord[]> {
  const rows = await rowsOf<StoredRecord & { json: string; position: RecordPosition }>(
    executor,
    `select r.*, row_to_json(r)::text as json, p.position
     from (
       select settlement_date, settlement_period, farm_id, coalesce(acceptance_id, 0) as acceptance,
              coalesce(bid_offer_pair_id, 0) as pair, running_number, lead_party, side, acceptance_id, bid_offer_pair_id,
              volume_mwh, original_price_gbp_per_mwh, so_flag, cadl_flag, source_created_at
       from ingestion.curtailment_records
       where settlement_date = $1 and ($2::smallint is null or settlement_period = $2) and ($3::text is null or farm_id = $3)
     ) s
     cross join lateral (
       select s.settlement_date as "settlementDate", s.settlement_period as "settlementPeriod", s.farm_id as "farmId",
              s.lead_party as "leadParty", s.side, s.acceptance_id as "acceptanceId", s.bid_offer_pair_id as "bidOfferPairId",
              s.volume_mwh as "volumeMwh", s.original_price_gbp_per_mwh as "originalPriceGbpPerMwh", s.so_flag as "soFlag",
              s.cadl_flag as "cadlFlag",
              to_char(s.source_created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "sourceCreatedAt"
     ) r
     cross join lateral (
       select jsonb_build_array(s.settlement_period, s.farm_id, s.acceptance, s.pair, s.running_number) as position
     ) p
     where $4::smallint is null
        or (s.settlement_period, s.farm_id, s.acceptance, s.pair, s.running_number) > ($4, $5::text, $6::bigint, $7::smallint, $8::smallint)
     order by s.settlement_period, s.farm_id, s.acceptance, s.pair, s.running_number
     limit $9`,
    [
      settlementDate,
      filter.settlementPeriod,
      filter.farmId,
      ...(page.after ?? [null, null, null, null, null]),
      page.limit,
    ],
  );
  return rows.map(({ json, position, ...record }) => ({ record, json, position }));
}
