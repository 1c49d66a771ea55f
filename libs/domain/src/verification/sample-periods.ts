import { settledPeriodsOf, settlementPeriodsOf } from '../settlement/settlement-day.js';
import { drawSample } from './draw-sample.js';
import { settlementPeriodsUpTo } from '../settlement/settlement-period.js';

/**
 * Which periods of a day are compared with the source. `fixed`: 1, 12, 24, 36 and the day's last one; `random`: ten;
 * `progressive`: fixed, and ten more at random when one of them differs; `full`: all.
 */
export const SAMPLINGS = ['progressive', 'random', 'fixed', 'full'] as const;
export type Sampling = (typeof SAMPLINGS)[number];

/** Beside the day's last period. */
const FIXED_PERIODS = [1, 12, 24, 36];
const RANDOM_PERIODS = 10;

/**
 * The periods to compare at first: only such as have settled by now, and therefore none that the day does not have.
 *
 * @param nowAt the present, ISO 8601
 * @param seed  of the random ones
 * @returns ascending; empty while no period of the day has settled
 * @throws {WindfallError} as `parseSettlementDate`
 */
export function firstSample(sampling: Sampling, date: string, nowAt: string, seed: string): number[] {
  const settled = settledPeriods(date, nowAt);
  switch (sampling) {
    case 'full':
      return settled;
    case 'random':
      return drawSample(settled, RANDOM_PERIODS, seed);
    case 'fixed':
    case 'progressive':
      return settled.filter((period) => FIXED_PERIODS.includes(period) || period === settlementPeriodsOf(date));
  }
}

/**
 * The periods to compare besides, once one of the first sample was found to differ: with `progressive` ten more at random.
 *
 * @param first what `firstSample` gave for the same day, instant and seed
 */
export function furtherSample(
  sampling: Sampling,
  date: string,
  nowAt: string,
  seed: string,
  first: readonly number[],
): number[] {
  if (sampling !== 'progressive') return [];
  const others = settledPeriods(date, nowAt).filter((period) => !first.includes(period));
  return drawSample(others, RANDOM_PERIODS, seed);
}

/** How many periods a verification compares at most. */
export function largestSample(sampling: Sampling, date: string): number {
  const periods = settlementPeriodsOf(date);
  const fixed = FIXED_PERIODS.length + 1;
  return { full: periods, fixed, random: RANDOM_PERIODS, progressive: fixed + RANDOM_PERIODS }[sampling];
}

function settledPeriods(date: string, nowAt: string): number[] {
  return settlementPeriodsUpTo(settledPeriodsOf(date, nowAt));
}
