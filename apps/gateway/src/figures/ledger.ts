import { type StoredLedger, type StoredMissing } from '@app/database';
import { type DayState, rollUpState } from '@app/domain';
import { missingOfDates } from './missing.js';

/**
 * State of what is summed over dates, from the states of the single days.
 *
 * @param dates all that belong to it, in order; those that the ledger does not know are absent
 */
export function rollUpOf({ days, missing }: StoredLedger, dates: readonly string[], nowAt: string) {
  const states: Partial<Record<DayState, number>> = {};
  for (const { state } of days) states[state] = (states[state] ?? 0) + 1;
  const lacks = new Map<string, StoredMissing[]>(days.map(({ settlementDate }) => [settlementDate, []]));
  for (const gap of missing) lacks.get(gap.settlementDate)?.push(gap);
  const revisions = days.map((day) => day.revision).filter((revision) => revision !== null);
  return {
    daysExpected: dates.length,
    daysComplete: states.complete ?? 0,
    state: rollUpState(states, dates.length),
    missing: missingOfDates(
      dates.map((date) => [date, lacks.get(date) ?? null] as const),
      nowAt,
    ),
    revision: revisions.length === 0 ? null : Math.max(...revisions),
  };
}
