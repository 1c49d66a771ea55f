import { drawSample } from './draw-sample.js';

const DATES_A_WEEK = 5;

/**
 * The past dates that the weekly verification looks at: five at random, the same ones however often that week's run is begun.
 *
 * @param runDate the settlement date on which the run is due
 * @param dates   those that are stored; such as are not past on the run date are never taken
 * @returns at most five, in the order of `dates`
 */
export function datesToVerify(runDate: string, dates: readonly string[]): string[] {
  const past = dates.filter((date) => date < runDate);
  return drawSample(past, DATES_A_WEEK, `weekly verification ${runDate}`);
}
