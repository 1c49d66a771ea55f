import { Big } from 'big.js';

/** A mining machine. Figures are decimal text: '13.5' TH/s at '1323' W. */
export interface MinerModel {
  readonly name: string;
  /** Terahashes per second, > 0. */
  readonly hashrateThs: string;
  /** Watts at the wall, > 0. */
  readonly powerW: string;
}

/** Stored with each calculation; grows when `bitcoinPerMwh` would give another factor for the same arguments. */
export const FORMULA_VERSION = 1;

/** Decimals of the factor. At 220 MWh, the largest half hour of a farm, that leaves 27 exact ones. */
const FACTOR_DECIMALS = 30;

// A constructor of its own: these settings would otherwise hold for everyone who divides with big.js.
const Exact = Big();
Exact.DP = FACTOR_DECIMALS;
Exact.RM = Exact.roundHalfUp;

const JOULES_PER_MWH = '3.6e9';
const HASHES_PER_TERAHASH = '1e12';
const HASHES_PER_DIFFICULTY = 2 ** 32;

/**
 * Bitcoin that a model is expected to mine from one megawatt hour, fees and pool share left out.
 *
 * @param difficulty      network difficulty in force, decimal text > 0
 * @param blockSubsidyBtc bitcoin per block in force, decimal text > 0
 * @returns decimal text with exactly 30 decimals, rounded once, half away from zero
 * @throws {RangeError} when an argument is not above 0
 *
 * Source: MWh × 3.6e9 J ÷ (W ÷ (TH/s × 1e12)) ÷ (difficulty × 2^32) × subsidy (docs/rules.md, rule 5);
 * a block needs difficulty × 2^32 hashes on average (Bitcoin developer reference, mining).
 * Example: 110451907374649, 3.125 and an S19j Pro (100 TH/s, 3050 W) give 0.00077753438…
 */
export function bitcoinPerMwh(given: { difficulty: string; blockSubsidyBtc: string; model: MinerModel }): string {
  const hashrateThs = positive('hashrateThs', given.model.hashrateThs);
  const powerW = positive('powerW', given.model.powerW);
  const difficulty = positive('difficulty', given.difficulty);
  const subsidy = positive('blockSubsidyBtc', given.blockSubsidyBtc);
  // One division, of exact products, so that there is one rounding.
  const earned = hashrateThs.times(JOULES_PER_MWH).times(HASHES_PER_TERAHASH).times(subsidy);
  return earned.div(powerW.times(difficulty).times(HASHES_PER_DIFFICULTY)).toFixed(FACTOR_DECIMALS);
}

/**
 * Bitcoin that some energy could have made.
 *
 * @param curtailedMwh  decimal text, ≥ 0
 * @param btcPerMwh     as `bitcoinPerMwh` gives it
 * @returns the exact product as plain decimal text, not rounded
 * @throws {Error} of big.js when an argument is not a decimal
 */
export function potentialBtc(curtailedMwh: string, btcPerMwh: string): string {
  return Big(curtailedMwh).times(btcPerMwh).toFixed();
}

function positive(name: string, text: string): Big {
  const value = Exact(text);
  if (!value.gt(0)) throw new RangeError(`${name} must be above 0, not ${text}`);
  return value;
}
