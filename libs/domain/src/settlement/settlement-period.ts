import { WindfallError } from '../errors.js';
import { epochMsOf, instantOf } from './instant.js';
import { addDays } from './settlement-date.js';
import { PERIOD_MS, settledPeriodsOf, settlementDateAt, settlementDayOf } from './settlement-day.js';

/**
 * The instant at which a settlement period begins.
 *
 * @param period 1 to 46, 48 or 50
 * @returns ISO 8601 UTC, such as '2025-06-30T23:00:00Z'
 * @throws {WindfallError} as `parseSettlementDate`; `impossible-period` when the day has no such period
 *
 * Source: local midnight + (period − 1) × 30 min (docs/data-sources.md 8).
 */
export function periodStartAt(date: string, period: number): string {
  requirePeriod(date, period);
  return instantOf(settlementDayOf(date).startMs + (period - 1) * PERIOD_MS);
}

/**
 * The settlement period that begins at an instant.
 *
 * @param at ISO 8601 with `Z` or an offset
 * @returns null when no period begins then
 * @throws {RangeError} when `at` is not an instant
 * @throws {WindfallError} `impossible-settlement-date` when it lies outside the calendar
 *
 * Example: settlementPeriodFrom('2025-06-30T23:30:00Z') = { settlementDate: '2025-07-01', settlementPeriod: 2 }
 */
export function settlementPeriodFrom(at: string): { settlementDate: string; settlementPeriod: number } | null {
  const settlementDate = settlementDateAt(at);
  const settlementPeriod = (epochMsOf(at) - settlementDayOf(settlementDate).startMs) / PERIOD_MS + 1;
  return Number.isInteger(settlementPeriod) ? { settlementDate, settlementPeriod } : null;
}

/**
 * The first settlement period that has not settled yet: of which the source has nothing.
 *
 * @param nowAt the present, ISO 8601
 * @throws {RangeError} when `nowAt` is not an instant
 * @throws {WindfallError} `impossible-settlement-date` when it lies outside the calendar
 */
export function firstUnsettledPeriod(nowAt: string): { settlementDate: string; settlementPeriod: number } {
  const today = settlementDateAt(nowAt);
  // For some minutes after midnight, the end of yesterday is not there either.
  const yesterday = addDays(today, -1);
  const settlementDate = settledPeriodsOf(yesterday, nowAt) < settlementDayOf(yesterday).periods ? yesterday : today;
  return { settlementDate, settlementPeriod: settledPeriodsOf(settlementDate, nowAt) + 1 };
}

/**
 * Reads one period or a range of periods of a day, as operators write them.
 *
 * @param text '12' or '44-48', both ends included
 * @returns the periods in order
 * @throws {WindfallError} as `parseSettlementDate`; `malformed-periods` when the shape is another; `impossible-period`
 *   when the day has no such period or the range runs backwards
 */
export function parsePeriods(text: string, date: string): number[] {
  const { periods } = settlementDayOf(date);
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) {
    const allowed = `1 to ${periods}, or a range such as 1-${periods}`;
    const message = `${JSON.stringify(text.slice(0, 40))} does not name periods of ${date}; write ${allowed}.`;
    throw new WindfallError('malformed-periods', message, { details: { value: text, settlementDate: date, allowed } });
  }
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  requirePeriod(date, first);
  requirePeriod(date, last);
  if (first > last) throw impossiblePeriod(date, text, `The periods ${text} of ${date} run backwards`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function requirePeriod(date: string, period: number): void {
  const { periods } = settlementDayOf(date);
  if (Number.isInteger(period) && period >= 1 && period <= periods) return;
  throw impossiblePeriod(date, period, `Settlement date ${date} has no period ${period}`);
}

function impossiblePeriod(date: string, value: unknown, fault: string): WindfallError {
  const allowed = `1 to ${settlementDayOf(date).periods}`;
  const details = { value, settlementDate: date, allowed };
  return new WindfallError('impossible-period', `${fault}; give periods from ${allowed}, in order.`, { details });
}

/** The settlement periods of a day from the first to this one. */
export function settlementPeriodsUpTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}
