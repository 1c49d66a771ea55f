import { type Schedule } from '../reconciliation/schedule.js';
import { drawSample } from './draw-sample.js';

/** When random past dates are compared with the source: Wednesday at 03:00. */
export const weeklyVerification: Schedule = { weekday: 3, hour: 3 };

/** As far back as they are drawn from. */
export const VERIFIED_FROM = '2000-01-01';

const DATES_A_WEEK = 5;

/**
 * The past dates that the weekly verification looks at: some at random, the same ones however often that week's run is begun.
 *
 * @param runDate the settlement date on which the run is due
 * @param dates   those that are stored; such as are not past on the run date are never taken
 * @param count   how many, from 1
 * @returns at most so many, in the order of `dates`
 */
export function datesToVerify(runDate: string, dates: readonly string[], count = DATES_A_WEEK): string[] {
  const past = dates.filter((date) => date < runDate);
  return drawSample(past, count, `weekly verification ${runDate}`);
}
