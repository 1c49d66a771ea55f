import { Temporal } from 'temporal-polyfill';
import { epochMsOf, instantOf } from './instant.js';
import { parseSettlementDate, shiftDays } from './settlement-date.js';

/** Length of a settlement period, 30 minutes. */
export const PERIOD_MS = 30 * 60_000;

/** The source publishes a period's first version 15 to 20 minutes after its end (docs/data-sources.md 9). */
const PUBLISHED_AFTER_MS = 20 * 60_000;

const MARKET_TIME_ZONE = 'Europe/London';

/** When a settlement day begins, and how many half hours it has: 46 in spring, 50 in autumn when clocks change. */
export interface SettlementDay {
  readonly startMs: number;
  readonly periods: 46 | 48 | 50;
}

// A time zone look-up takes some 10 µs and every row of every answer asks; the whole calendar is 36,890 small entries.
const days = new Map<string, SettlementDay>();

/** @throws {WindfallError} as `parseSettlementDate` */
export function settlementDayOf(date: string): SettlementDay {
  let day = days.get(date);
  if (day === undefined) {
    const startMs = midnightMsOf(parseSettlementDate(date));
    day = { startMs, periods: countOf((midnightMsOf(shiftDays(date, 1)) - startMs) / PERIOD_MS) };
    days.set(date, day);
  }
  return day;
}

/**
 * How many settlement periods the day has: 48, and 46 or 50 when clocks change.
 *
 * @throws {WindfallError} as `parseSettlementDate`
 *
 * Source: a settlement day is a local day of Great Britain (docs/data-sources.md 8).
 */
export function settlementPeriodsOf(date: string): 46 | 48 | 50 {
  return settlementDayOf(date).periods;
}

/**
 * First and last instant of a settlement day; the last is the first of the next day.
 *
 * @throws {WindfallError} as `parseSettlementDate`
 *
 * Example: dayBoundsAt('2025-03-30') = { startAt: '2025-03-30T00:00:00Z', endAt: '2025-03-30T23:00:00Z' }
 */
export function dayBoundsAt(date: string): { startAt: string; endAt: string } {
  const { startMs, periods } = settlementDayOf(date);
  return { startAt: instantOf(startMs), endAt: instantOf(startMs + periods * PERIOD_MS) };
}

/**
 * The settlement date that an instant belongs to.
 *
 * @param at ISO 8601 with `Z` or an offset
 * @throws {RangeError} when `at` is not an instant
 * @throws {WindfallError} `impossible-settlement-date` when it lies outside the calendar
 *
 * Example: settlementDateAt('2025-06-30T23:00:00Z') = '2025-07-01'
 */
export function settlementDateAt(at: string): string {
  return parseSettlementDate(Temporal.Instant.from(at).toZonedDateTimeISO(MARKET_TIME_ZONE).toPlainDate().toString());
}

/**
 * The hour that a clock in Britain shows at an instant, 0 to 23.
 *
 * @throws {RangeError} when `at` is not an instant
 *
 * Example: localHourAt('2025-06-30T23:00:00Z') = 0
 */
export function localHourAt(at: string): number {
  return Temporal.Instant.from(at).toZonedDateTimeISO(MARKET_TIME_ZONE).hour;
}

/**
 * How many of the day's periods have settled: ended at least 20 minutes ago, so that the source ought to have them.
 *
 * @param nowAt the present, ISO 8601
 * @returns 0 to 46, 48 or 50; the settled periods are 1 to this number
 * @throws {RangeError} when `nowAt` is not an instant
 * @throws {WindfallError} as `parseSettlementDate`
 */
export function settledPeriodsOf(date: string, nowAt: string): number {
  const { startMs, periods } = settlementDayOf(date);
  const elapsed = Math.floor((epochMsOf(nowAt) - PUBLISHED_AFTER_MS - startMs) / PERIOD_MS);
  return Math.min(Math.max(elapsed, 0), periods);
}

/**
 * From when on the source is not expected to change the day any more: 00:15Z two days later.
 *
 * @throws {WindfallError} as `parseSettlementDate`
 *
 * Source: each period is calculated again about 24 h 14 min after its end (docs/data-sources.md 9).
 */
export function finalAt(date: string): string {
  return `${shiftDays(parseSettlementDate(date), 2)}T00:15:00Z`;
}

function midnightMsOf(date: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(MARKET_TIME_ZONE).epochMilliseconds;
}

function countOf(periods: number): 46 | 48 | 50 {
  if (periods === 46 || periods === 48 || periods === 50) return periods;
  throw new Error(`The time zone data gives a settlement day ${periods} periods; update it.`);
}
