import { type MissingCause } from './state.js';

/**
 * Why something is not complete or not right. Beside what a figure itself says: `calculation-differs` a stored calculation has
 * another value than its energy, difficulty and model give; `ledger-differs` a ledger does not say what the rows say, so that
 * states computed from it cannot be relied on.
 */
export type GapCause = Exclude<MissingCause, 'not-settled'> | 'calculation-differs' | 'ledger-differs';

/** Something to be repaired. */
export interface Gap {
  readonly settlementDate: string;
  readonly cause: GapCause;
  /** The settlement periods concerned; empty when it is not about single ones. */
  readonly periods: readonly number[];
  readonly missingCalculations: number;
  readonly surplusCalculations: number;
  readonly detail: string;
  /** The command that repairs it. */
  readonly repair: string;
}

/** The worst first: what is not known at all, then what was not derived, then what was derived and is wrong. */
const BY_SEVERITY: readonly GapCause[] = [
  'not-fetched',
  'fetch-failed',
  'not-calculated',
  'difficulty-missing',
  'calculation-differs',
  'surplus-rows',
  'summary-differs',
  'stale-revision',
  'ledger-differs',
];

/**
 * Gaps in the order in which they matter: by cause, then by how many calculations and periods are concerned, then the newest
 * date first.
 */
export function worstFirst<Found extends Gap>(gaps: readonly Found[]): Found[] {
  return [...gaps].sort(
    (a, b) =>
      BY_SEVERITY.indexOf(a.cause) - BY_SEVERITY.indexOf(b.cause) ||
      calculationsOf(b) - calculationsOf(a) ||
      b.periods.length - a.periods.length ||
      (a.settlementDate < b.settlementDate ? 1 : a.settlementDate > b.settlementDate ? -1 : 0),
  );
}

function calculationsOf({ missingCalculations, surplusCalculations }: Gap): number {
  return missingCalculations + surplusCalculations;
}
