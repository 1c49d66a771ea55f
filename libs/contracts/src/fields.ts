import * as z from 'zod';

export const settlementDate = z.iso.date().meta({ description: 'Settlement day in Great Britain, YYYY-MM-DD' });
/** Dates of a set: a month's. */
export const DATES_PER_REQUEST = 31;
/** Dates of a job whose derivations are under way at once, three sets: one is calculated, one is summed, and the next is on its way. */
export const DATES_UNDER_WAY = 3 * DATES_PER_REQUEST;
export const settlementDates = z
  .array(settlementDate)
  .min(1)
  .max(DATES_PER_REQUEST)
  .meta({ description: `One to ${DATES_PER_REQUEST} settlement days` });
export const settlementPeriod = z.int().min(1).max(50);
export const revision = z.int().positive().meta({ description: 'Grows whenever the stored content changes' });
export const derivedFrom = z.int().positive().meta({ description: 'Revision of the input this was derived from' });
export const count = z.int().nonnegative();
export const jobId = z.uuid().nullable().meta({ description: 'Job that asked for it, null when none did' });

/** How an envelope names a set of days: the day itself, or first and last as an ISO 8601 interval. */
export function nameDays(dates: readonly string[]): string {
  const sorted = [...dates].sort();
  const first = sorted[0] ?? '';
  const last = sorted.at(-1) ?? first;
  return first === last ? first : `${first}/${last}`;
}
