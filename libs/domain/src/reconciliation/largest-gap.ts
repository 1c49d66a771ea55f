import { settlementPeriodsOf } from '../settlement/settlement-day.js';

/** A date that is not whole, as the ledgers tell it. */
export interface DayGap {
  readonly settlementDate: string;
  /** Periods whose records are known; none of a date that was never fetched. */
  readonly loadedPeriods: number;
  /** Periods that the source cannot have yet: only the newest date has some. */
  readonly unsettledPeriods: number;
  /** Calculations that the known records ask for. */
  readonly expectedCalculations: number;
  /** Calculations that are missing or surplus. */
  readonly wrongCalculations: number;
}

export interface LargestGap {
  settlementDate: string;
  /** Half hours that cannot be relied on, by `unreliableHalfHours`. */
  halfHours: number;
  /** Periods of which nothing is known, or no more than what an earlier fetch stored. */
  periods: number;
  /** Calculations that are missing or surplus. */
  calculations: number;
}

/**
 * How much of a day cannot be relied on, in half hours: the periods that failed or were not fetched, and of the others the
 * share whose calculations are missing or surplus. The ledgers do not tell in which periods those are, so it is a share.
 *
 * @returns 0 to the periods of the day, in thousandths, rounded up so that a single calculation counts
 * Example: 2 of 48 periods failed, and 69 of 276 calculations are missing: 2 + 46 × 69 ÷ 276 = 13.5
 */
export function unreliableHalfHours(gap: DayGap): number {
  const { loadedPeriods, expectedCalculations: expected, wrongCalculations: wrong } = gap;
  // With none expected, any is wrong.
  const [part, whole] = expected === 0 ? [Math.min(wrong, 1), 1] : [Math.min(wrong, expected), expected];
  return unknownPeriods(gap) + Math.ceil((1000 * loadedPeriods * part) / whole) / 1000;
}

/**
 * The gap to close first: most half hours that cannot be relied on; among equals most periods of which nothing is known, then
 * most calculations, then the newest date. A day whose calculations or summaries only rest on older content lacks no half
 * hour, so it is last.
 *
 * @returns null when there is no gap
 */
export function largestGap(gaps: readonly DayGap[]): LargestGap | null {
  const [largest] = gaps
    .map((gap) => ({
      settlementDate: gap.settlementDate,
      halfHours: unreliableHalfHours(gap),
      periods: unknownPeriods(gap),
      calculations: gap.wrongCalculations,
    }))
    .sort(
      (a, b) =>
        b.halfHours - a.halfHours ||
        b.periods - a.periods ||
        b.calculations - a.calculations ||
        (a.settlementDate < b.settlementDate ? 1 : -1),
    );
  return largest ?? null;
}

function unknownPeriods({ settlementDate, loadedPeriods, unsettledPeriods }: DayGap): number {
  return settlementPeriodsOf(settlementDate) - loadedPeriods - unsettledPeriods;
}
