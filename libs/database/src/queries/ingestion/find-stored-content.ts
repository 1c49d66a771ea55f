import { type CurtailmentRecord } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What is stored of a settlement period: what the ledger says of it, and the rows themselves. */
export interface StoredContent {
  settlementPeriod: number;
  /** As the ledger notes it; null while nothing was ever loaded. */
  contentHash: string | null;
  /** When the source was last asked for it; null while it never was. */
  fetchedAt: string | null;
  records: CurtailmentRecord[];
}

/** The content of some periods of a day, of one instant; also of periods that the ledger does not know. */
export async function findStoredContent(
  executor: Executor,
  settlementDate: string,
  settlementPeriods: readonly number[],
): Promise<StoredContent[]> {
  return await rowsOf<StoredContent>(
    executor,
    `select p.settlement_period as "settlementPeriod", s.content_hash as "contentHash", s.fetched_at as "fetchedAt",
            coalesce(r.records, '[]') as records
     from unnest($2::smallint[]) as p (settlement_period)
     left join ingestion.settlement_periods s on s.settlement_date = $1 and s.settlement_period = p.settlement_period
     left join (
       select settlement_period, json_agg(json_build_object(
                'settlementDate', settlement_date, 'settlementPeriod', settlement_period, 'side', side, 'farmId', farm_id,
                'leadParty', lead_party, 'acceptanceId', acceptance_id, 'bidOfferPairId', bid_offer_pair_id,
                'runningNumber', running_number, 'volumeMwh', volume_mwh::text,
                'originalPriceGbpPerMwh', original_price_gbp_per_mwh::text, 'soFlag', so_flag, 'cadlFlag', cadl_flag,
                'sourceCreatedAt', source_created_at)) as records
       from ingestion.curtailment_records
       where settlement_date = $1 and settlement_period = any ($2::smallint[])
       group by settlement_period
     ) r on r.settlement_period = p.settlement_period
     order by p.settlement_period`,
    [settlementDate, settlementPeriods],
  );
}
