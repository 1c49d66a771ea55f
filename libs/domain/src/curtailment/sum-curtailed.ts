import { Big } from 'big.js';
import type { CurtailmentRecord } from './curtailment-record.js';

/** What curtailment records add up to; decimals exact, as plain text. */
export interface CurtailedTotals {
  readonly recordCount: number;
  /** How many different (date, period, farm) there are. */
  readonly combinationCount: number;
  /** Energy not produced, ≥ 0. */
  readonly curtailedMwh: string;
  /** Positive: paid to the farms. Negative: the farms paid to be switched off. */
  readonly paymentGbp: string;
  /** Sum of the sizes of the single payments, ≥ 0. */
  readonly absolutePaymentGbp: string;
}

/**
 * Adds up curtailment records, exactly.
 *
 * @param records of any periods and farms; none add up to '0'
 *
 * Source: payment = price × volume, both signed as published (docs/rules.md, rule 3).
 */
export function sumCurtailed(records: readonly CurtailmentRecord[]): CurtailedTotals {
  let energy = Big(0);
  let payment = Big(0);
  let absolutePayment = Big(0);
  for (const { volumeMwh, originalPriceGbpPerMwh } of records) {
    const volume = Big(volumeMwh);
    const product = volume.times(originalPriceGbpPerMwh);
    energy = energy.minus(volume);
    payment = payment.plus(product);
    absolutePayment = absolutePayment.plus(product.abs());
  }
  return {
    recordCount: records.length,
    combinationCount: new Set(records.map((r) => `${r.settlementDate} ${r.settlementPeriod} ${r.farmId}`)).size,
    curtailedMwh: energy.toFixed(),
    paymentGbp: payment.toFixed(),
    absolutePaymentGbp: absolutePayment.toFixed(),
  };
}
