import { Big } from 'big.js';
import { roundDecimal } from '../decimal.js';

const PLACES = 6;

/**
 * What part of the energy that wind farms could have produced was curtailed: curtailed ÷ (onshore + offshore + curtailed).
 *
 * All three are MWh, decimal text, of the same half hours: whoever calls has made sure of that.
 *
 * @returns 0 to 1, rounded to 6 places half away from zero; null when one is unknown, or there is nothing to have a part of
 */
export function curtailedShare(
  curtailedMwh: string | null,
  onshoreMwh: string | null,
  offshoreMwh: string | null,
): number | null {
  if (curtailedMwh === null || onshoreMwh === null || offshoreMwh === null) return null;
  const potential = Big(onshoreMwh).plus(offshoreMwh).plus(curtailedMwh);
  if (potential.lte(0)) return null;
  return Number(roundDecimal(Big(curtailedMwh).div(potential).toFixed(), PLACES));
}

/** Settlement dates of which something is known: true where it is known of all their periods, false of some. */
export type KnownDates = ReadonlyMap<string, boolean>;

/**
 * Whether two sums over dates are of the same half hours: the same dates, each of them whole in both. One that lacks a period
 * may lack another one than its counterpart, so it compares with nothing.
 *
 * @returns false also when nothing is known
 */
export function coverTheSame(one: KnownDates, other: KnownDates): boolean {
  if (one.size === 0 || one.size !== other.size) return false;
  return [...one].every(([date, whole]) => whole && other.get(date) === true);
}
