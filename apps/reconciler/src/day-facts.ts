import { type StoredDayFacts } from '@app/database';
import { type DayFacts } from '@app/domain';

/** What the ledgers say of a day, as the next step is decided by it. */
export function factsOf(
  stored: StoredDayFacts | null,
  checked: { calculationChecked: boolean; summaryChecked: boolean },
): DayFacts | null {
  if (stored === null) return null;
  const { failedDetail, failedPeriods, blockedDetail, blockedPeriods } = stored;
  // Field by field: taking the rest of an object took as long as all else of a look.
  return {
    state: stored.state,
    sourceFinal: stored.sourceFinal,
    failed: failedPeriods.length === 0 ? null : { periods: failedPeriods, detail: failedDetail ?? '' },
    unfetchedPeriods: stored.unfetchedPeriods,
    calculationLags: stored.calculationLags,
    calculationChecked: checked.calculationChecked,
    summaryLags: stored.summaryLags,
    summaryChecked: checked.summaryChecked,
    blocked: blockedDetail === null ? null : { periods: blockedPeriods ?? [], detail: blockedDetail },
  };
}
