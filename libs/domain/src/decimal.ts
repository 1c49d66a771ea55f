import { Big } from 'big.js';

const HALF_AWAY_FROM_ZERO = 1;
const CANONICAL = /^-?(?:[1-9]\d*|0(?=\.))(?:\.\d*[1-9])?$|^0$/;

/**
 * Rounds a decimal, half away from zero.
 *
 * @param text   a decimal of any length, also in exponent notation, such as '-0.125' or '1e-7'
 * @param places decimals to keep, a whole number ≥ 0
 * @returns plain notation with exactly `places` decimals; zero has no sign
 * @throws {Error} of big.js when `text` is not a decimal or `places` not a whole number ≥ 0
 *
 * Example: roundDecimal('-0.125', 2) = '-0.13'
 */
export function roundDecimal(text: string, places: number): string {
  // Rounded first: toFixed alone would write '-0.001' to two places as '-0.00'.
  return Big(text).round(places, HALF_AWAY_FROM_ZERO).toFixed(places);
}

/**
 * The one spelling of a decimal's value: plain notation, no superfluous zeros, zero without a sign.
 *
 * @throws {Error} of big.js when `text` is not a decimal
 *
 * Example: '1.0', '1' and '1e0' all give '1'
 */
export function canonicalDecimal(text: string): string {
  // Nearly all that the source sends are, and thousands a day are only to be compared.
  return CANONICAL.test(text) ? text : Big(text).toFixed();
}
