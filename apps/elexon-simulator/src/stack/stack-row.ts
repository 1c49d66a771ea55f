import { periodStartAt } from '@app/domain';
import { randomFor } from '../random.js';

export type Side = 'bid' | 'offer';

/** A row of the settlement stack, its fields in the order in which the real service sends them. */
export interface StackRow {
  settlementDate: string;
  settlementPeriod: number;
  startTime: string;
  createdDateTime: string;
  sequenceNumber: number;
  id: string;
  acceptanceId: number | null;
  bidOfferPairId: number | null;
  cadlFlag: boolean | null;
  soFlag: boolean;
  storProviderFlag: boolean;
  repricedIndicator: boolean;
  reserveScarcityPrice: number;
  originalPrice: number;
  volume: number;
  dmatAdjustedVolume: number;
  arbitrageAdjustedVolume: number | null;
  nivAdjustedVolume: number | null;
  parAdjustedVolume: number | null;
  finalPrice: number | null;
  transmissionLossMultiplier: number;
  tlmAdjustedVolume: number | null;
  tlmAdjustedCost: number | null;
}

/** What distinguishes one row from another; the rest of a stack row follows from these, the period and the run. */
export interface BalancingAction {
  /** BM unit, or for an adjustment (an action outside the balancing mechanism) a plain number as text. */
  readonly id: string;
  readonly acceptanceId: number | null;
  readonly bidOfferPairId: number | null;
  readonly cadlFlag: boolean | null;
  readonly soFlag: boolean;
  /** GBP/MWh. */
  readonly originalPrice: number;
  /** MWh; below 0 on the bid side, above on the offer side, 0 when not accepted. */
  readonly volume: number;
}

/**
 * Instructions are whole MW and change at whole minutes or half minutes, so energy comes in steps of 1/120 MWh. It also
 * gives volumes the long fractions that the real feed has.
 */
export const STEPS_PER_MWH = 120;

/** Prices nobody is meant to accept, GBP/MWh; seen in real data (docs/data-sources.md 2). */
export const SENTINEL_PRICE: Readonly<Record<Side, number>> = { bid: -99_999, offer: 9_999 };

/** Volumes smaller than this count as nothing in the price calculation, MWh (docs/data-sources.md 2). */
const DE_MINIMIS_MWH = 0.1;

/** The order of the stack: by price. */
export function byPrice(a: BalancingAction, b: BalancingAction): number {
  return a.originalPrice - b.originalPrice;
}

/**
 * Completes the actions of one period to the rows of its stack.
 *
 * @param actions in the order of the stack
 */
export function stackRowsOf(
  actions: readonly BalancingAction[],
  settlementDate: string,
  settlementPeriod: number,
  createdDateTime: string,
): StackRow[] {
  const startTime = periodStartAt(settlementDate, settlementPeriod);
  const lossDraw = randomFor('transmission-loss', settlementDate, settlementPeriod)();
  const transmissionLossMultiplier = Math.round((0.975 + 0.02 * lossDraw) * 1e7) / 1e7;
  return actions.map((action, index) => ({
    settlementDate,
    settlementPeriod,
    startTime,
    createdDateTime,
    sequenceNumber: index + 1,
    id: action.id,
    acceptanceId: action.acceptanceId,
    bidOfferPairId: action.bidOfferPairId,
    cadlFlag: action.cadlFlag,
    soFlag: action.soFlag,
    storProviderFlag: false,
    repricedIndicator: false,
    reserveScarcityPrice: 0,
    originalPrice: action.originalPrice,
    volume: action.volume,
    dmatAdjustedVolume: Math.abs(action.volume) < DE_MINIMIS_MWH ? 0 : action.volume,
    arbitrageAdjustedVolume: null,
    nivAdjustedVolume: null,
    parAdjustedVolume: null,
    // A flagged action sets no price.
    finalPrice: action.soFlag ? null : action.originalPrice,
    transmissionLossMultiplier,
    tlmAdjustedVolume: null,
    tlmAdjustedCost: null,
  }));
}
