import { type StoredDayFacts } from '@app/database';
import { type DayFacts } from '@app/domain';

/** What the ledgers say of a day, as the next step is decided by it. */
export function factsOf(
  stored: StoredDayFacts | null,
  checked: { calculationChecked: boolean; summaryChecked: boolean },
): DayFacts | null {
  if (stored === null) return null;
  const { failedDetail, failedPeriods, blockedDetail, blockedPeriods, ...facts } = stored;
  return {
    ...facts,
    ...checked,
    failed: failedPeriods.length === 0 ? null : { periods: failedPeriods, detail: failedDetail ?? '' },
    blocked: blockedDetail === null ? null : { periods: blockedPeriods ?? [], detail: blockedDetail },
  };
}
