import { fewerThan } from './confidence.js';

/** What came of comparing a period. `failed`: the source could not be read, so nobody knows. */
export type ComparisonOutcome = 'same' | 'differs' | 'failed';

/** What a verification says of its day. `unknown`: nothing is known to differ, and something could not be compared. */
export interface Verdict {
  readonly outcome: 'same' | 'differs' | 'unknown';
  /** What the compared periods prove of all, in a sentence. */
  readonly confidence: string;
}

/**
 * What the periods that were looked at say of their day. It is never `same` on the word of a period that could not be compared,
 * nor when there was none to look at.
 *
 * @param settled  how many of the day's periods have settled
 * @param outcomes of those that were looked at, at most so many
 *
 * Example: with 48 settled and 15 times 'same', '15 of 48 periods agree; with 95 % confidence fewer than 8 differ.'
 */
export function verdictOf(settled: number, outcomes: readonly ComparisonOutcome[]): Verdict {
  const count = (wanted: ComparisonOutcome): number => outcomes.filter((outcome) => outcome === wanted).length;
  const [same, differing, failed] = [count('same'), count('differs'), count('failed')];
  const confidence = sentenceOf(settled, same, differing) + (failed === 0 ? '' : ` ${failed} could not be compared.`);
  if (differing > 0) return { outcome: 'differs', confidence };
  return { outcome: failed > 0 || same === 0 ? 'unknown' : 'same', confidence };
}

function sentenceOf(settled: number, same: number, differing: number): string {
  if (settled === 0) return 'No period has settled yet.';
  if (same + differing === 0) return `None of ${settled} periods was compared.`;
  const agree = `${same} of ${settled} periods agree${differing === 0 ? '' : ` and ${differing} differ`}`;
  if (same + differing === settled) return `${agree}; all were compared.`;
  const limit = fewerThan(settled, same + differing, differing);
  if (limit > settled) return `${agree}; for all that is known, every one may differ.`;
  return `${agree}; with 95 % confidence fewer than ${limit} differ${differing === 0 ? '' : ' in all'}.`;
}
