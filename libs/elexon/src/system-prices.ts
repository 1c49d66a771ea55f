import { decimalText } from '@app/domain';
import * as z from 'zod';
import { checkedRows, requireAsked } from './answer-rows.js';
import { type Asked } from './source-error.js';

/** What the system price answer says of a period's accepted bids: a check against the stack, and when it was made. */
export interface SystemPrice {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  readonly createdAt: string;
  /** Decimal text. */
  readonly systemPriceGbpPerMwh: string;
  /** Of all units, ≤ 0; decimal text. */
  readonly totalAcceptedBidMwh: string;
}

/** All fields of a system price (docs/data-sources.md 6). */
export const SYSTEM_PRICE_FIELDS: ReadonlySet<string> = new Set([
  'settlementDate',
  'settlementPeriod',
  'startTime',
  'createdDateTime',
  'systemSellPrice',
  'systemBuyPrice',
  'bsadDefaulted',
  'priceDerivationCode',
  'reserveScarcityPrice',
  'netImbalanceVolume',
  'sellPriceAdjustment',
  'buyPriceAdjustment',
  'replacementPrice',
  'replacementPriceReferenceVolume',
  'totalAcceptedOfferVolume',
  'totalAcceptedBidVolume',
  'totalAdjustmentSellVolume',
  'totalAdjustmentBuyVolume',
  'totalSystemTaggedAcceptedOfferVolume',
  'totalSystemTaggedAcceptedBidVolume',
  'totalSystemTaggedAdjustmentSellVolume',
  'totalSystemTaggedAdjustmentBuyVolume',
]);

const sourcePrice = z.object({
  settlementDate: z.string(),
  settlementPeriod: z.int().min(1).max(50),
  createdDateTime: z.iso.datetime(),
  // Equal to the buy price since November 2015.
  systemSellPrice: z.number(),
  totalAcceptedBidVolume: z.number(),
});

/** @throws {SourceError} `source-malformed` naming the first field at fault, or when a row is of another day */
export function systemPrices(asked: Asked, rows: unknown[]): SystemPrice[] {
  const checked = checkedRows(asked, sourcePrice, rows);
  requireAsked(asked, checked);
  return checked.map((row) => ({
    settlementDate: row.settlementDate,
    settlementPeriod: row.settlementPeriod,
    createdAt: row.createdDateTime,
    systemPriceGbpPerMwh: decimalText(row.systemSellPrice),
    totalAcceptedBidMwh: decimalText(row.totalAcceptedBidVolume),
  }));
}
