import { exponential, oneOf, randomFor, wholeNumber, type Random } from '../random.js';
import { SENTINEL_PRICE, STEPS_PER_MWH, type BalancingAction, type Side } from './stack-row.js';

const ADJUSTMENT_SHARE = 0.01;
const NOT_ACCEPTED_SHARE = 0.01;
const TINY_SHARE = 0.15;
const SO_FLAGGED_SHARE = 0.04;
const SIGN: Readonly<Record<Side, 1 | -1>> = { bid: -1, offer: 1 };

/** Rows of a whole answer: 531 to 2,440, most below 700 (docs/data-sources.md 13); a few are much busier. */
export function drawRowCount(seed: string, side: Side, settlementDate: string, period: number): number {
  const random = randomFor(seed, 'row-count', side, settlementDate, period);
  const usual = 531 + exponential(random, 140);
  return Math.round(Math.min(2_440, random() < 0.03 ? usual + 600 + exponential(random, 400) : usual));
}

/**
 * Actions that are no curtailment: batteries and gas, adjustments made outside the balancing mechanism, and prices
 * that were offered but not accepted. No wind unit is among them.
 */
export function otherActionsOf(
  seed: string,
  unitIds: readonly string[],
  side: Side,
  settlementDate: string,
  period: number,
  count: number,
): BalancingAction[] {
  const random = randomFor(seed, 'other-actions', side, settlementDate, period);
  // Numbered through, since a unit may be drawn more than once in a period.
  const firstId = wholeNumber(random, 20_000, 900_000);
  return Array.from({ length: count }, (_, index) =>
    random() < ADJUSTMENT_SHARE
      ? adjustment(random, side, index)
      : acceptance(random, side, oneOf(random, unitIds), firstId + index),
  );
}

function acceptance(random: Random, side: Side, id: string, acceptanceId: number): BalancingAction {
  const accepted = random() >= NOT_ACCEPTED_SHARE;
  return {
    id,
    acceptanceId,
    // A bid in a positive pair undoes an earlier offer, and an offer in a negative pair an earlier bid.
    bidOfferPairId: oneOf(random, [1, 1, 1, -1, -1, -1, 2, -2, 3, -3]),
    cadlFlag: oneOf(random, [false, false, false, false, true, null]),
    soFlag: random() < SO_FLAGGED_SHARE,
    originalPrice: accepted ? drawPrice(random) : SENTINEL_PRICE[side],
    volume: accepted ? (SIGN[side] * drawSteps(random)) / STEPS_PER_MWH : 0,
  };
}

function adjustment(random: Random, side: Side, index: number): BalancingAction {
  return {
    id: String(1 + index),
    acceptanceId: null,
    bidOfferPairId: null,
    cadlFlag: null,
    soFlag: random() < 0.5,
    originalPrice: drawPrice(random),
    volume: SIGN[side] * wholeNumber(random, 1, 200),
  };
}

function drawSteps(random: Random): number {
  return random() < TINY_SHARE ? wholeNumber(random, 1, 11) : 1 + Math.round(exponential(random, 3 * STEPS_PER_MWH));
}

function drawPrice(random: Random): number {
  return Math.round((40 + 80 * random()) * 100) / 100;
}
