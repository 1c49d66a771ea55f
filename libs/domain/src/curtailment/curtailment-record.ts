import { createHash } from 'node:crypto';
import { canonicalDecimal } from '../decimal.js';

/** One accepted bid-offer row that counts as curtailment, as it is stored. */
export interface CurtailmentRecord {
  readonly settlementDate: string;
  /** 1 to 46, 48 or 50. */
  readonly settlementPeriod: number;
  readonly side: 'bid';
  /** Elexon BM unit id, such as 'T_VKNGW-1'. */
  readonly farmId: string;
  /** Company answering for the unit; null when the register does not say. */
  readonly leadParty: string | null;
  readonly acceptanceId: number | null;
  /** −6 to −1 or 1 to 6. */
  readonly bidOfferPairId: number | null;
  /** 0 where there is an acceptance; else 1, 2, … within the farm and pair of that period. */
  readonly runningNumber: number;
  /** Signed as published, so below 0; decimal text with the digits that the source sent. */
  readonly volumeMwh: string;
  /** Signed: below 0 when the farm is paid to switch off; decimal text with the digits that the source sent. */
  readonly originalPriceGbpPerMwh: string;
  readonly soFlag: boolean;
  readonly cadlFlag: boolean | null;
  /** When the source calculated the version that this row was stored from. */
  readonly sourceCreatedAt: string | null;
}

/**
 * Digest of what records say, to tell whether a fetched period differs from the stored one.
 *
 * It does not depend on the order of the records nor on how a number is written ('1.0' and '1' are one). It leaves out
 * `sourceCreatedAt`: the source stamps each run anew, and a run that ends in the same rows must change nothing.
 *
 * @returns sha256 in hexadecimal; no records have a digest too
 */
export function contentHash(records: readonly CurtailmentRecord[]): string {
  return createHash('sha256').update(records.map(contentOf).sort().join('\n')).digest('hex');
}

/** What a record says, as one line of text: equal for equal content, whatever the spelling of its numbers. */
export function contentOf(record: CurtailmentRecord): string {
  return JSON.stringify([
    record.settlementDate,
    record.settlementPeriod,
    record.side,
    record.farmId,
    record.leadParty,
    record.acceptanceId,
    record.bidOfferPairId,
    record.runningNumber,
    canonicalDecimal(record.volumeMwh),
    canonicalDecimal(record.originalPriceGbpPerMwh),
    record.soFlag,
    record.cadlFlag,
  ]);
}
