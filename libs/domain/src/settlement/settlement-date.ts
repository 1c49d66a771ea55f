import { WindfallError } from '../errors.js';

const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const ALLOWED_DATES = `${FIRST_YEAR}-01-01 to ${LAST_YEAR}-12-31`;
const DAY_MS = 86_400_000;

/**
 * Checks a settlement date that came from outside.
 *
 * @param text expected as YYYY-MM-DD, from 2000-01-01 to 2100-12-31
 * @returns the same text
 * @throws {WindfallError} `malformed-settlement-date` when the shape is another, `impossible-settlement-date` when the
 *   calendar has no such day (2025-02-30) or it lies outside the range
 */
export function parseSettlementDate(text: string): string {
  requireShape(text, /^\d{4}-\d{2}-\d{2}$/, 'settlement date', 'YYYY-MM-DD');
  if (!exists(text)) throw impossible(text, 'day', ALLOWED_DATES);
  return text;
}

/** Whether `text` is a settlement date: shaped YYYY-MM-DD, a day of the calendar, from 2000-01-01 to 2100-12-31. */
export function isSettlementDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && exists(text);
}

/**
 * Checks a month of settlement dates that came from outside.
 *
 * @param text expected as YYYY-MM, from 2000-01 to 2100-12
 * @returns the same text
 * @throws {WindfallError} `malformed-settlement-date` when the shape is another, `impossible-settlement-date` when the
 *   calendar has no such month or it lies outside the range
 */
export function parseSettlementMonth(text: string): string {
  requireShape(text, /^\d{4}-\d{2}$/, 'month', 'YYYY-MM');
  if (!exists(`${text}-01`)) throw impossible(text, 'month', `${FIRST_YEAR}-01 to ${LAST_YEAR}-12`);
  return text;
}

/**
 * Checks a year of settlement dates that came from outside.
 *
 * @param text expected as YYYY, from 2000 to 2100
 * @throws {WindfallError} `malformed-settlement-date` when the shape is another, `impossible-settlement-date` when it
 *   lies outside the range
 */
export function parseSettlementYear(text: string): number {
  requireShape(text, /^\d{4}$/, 'year', 'YYYY');
  if (!exists(`${text}-01-01`)) throw impossible(text, 'year', `${FIRST_YEAR} to ${LAST_YEAR}`);
  return Number(text);
}

/**
 * The settlement date so many days later, or earlier when `days` is negative.
 *
 * @param days a whole number
 * @throws {WindfallError} as `parseSettlementDate`, for `date` and for the result
 */
export function addDays(date: string, days: number): string {
  return parseSettlementDate(shiftDays(parseSettlementDate(date), days));
}

/**
 * Every settlement date from `from` to `to`, both included, in order.
 *
 * @throws {WindfallError} as `parseSettlementDate`; `invalid-request` when `from` is after `to`
 */
export function settlementDatesBetween(from: string, to: string): string[] {
  parseSettlementDate(from);
  parseSettlementDate(to);
  if (from > to) {
    const message = `The range from ${from} to ${to} runs backwards; give the earlier settlement date first.`;
    throw new WindfallError('invalid-request', message, { details: { from, to } });
  }
  const dates: string[] = [];
  for (let date = from; date <= to; date = shiftDays(date, 1)) dates.push(date);
  return dates;
}

/**
 * Settlement dates in groups, none of which reaches further than so many days: what one question to a source may span.
 *
 * @param dates in any order, also repeated
 * @param days  a whole number, at least 1
 * @returns each date once, in order; a group may leave dates out
 * @throws {WindfallError} as `parseSettlementDate`
 *
 * Example: windowsOf(['2025-05-01', '2025-05-03', '2025-05-08'], 6) = [['2025-05-01', '2025-05-03'], ['2025-05-08']]
 */
export function windowsOf(dates: Iterable<string>, days: number): string[][] {
  const windows: string[][] = [];
  for (const date of [...new Set(dates)].sort()) {
    const window = windows.at(-1);
    if (window?.[0] !== undefined && date < shiftDays(window[0], days)) window.push(date);
    else windows.push([parseSettlementDate(date)]);
  }
  return windows;
}

/** The month of a settlement date, as YYYY-MM. @throws {WindfallError} as `parseSettlementDate` */
export function monthOf(date: string): string {
  return parseSettlementDate(date).slice(0, 7);
}

/** The year of a settlement date. @throws {WindfallError} as `parseSettlementDate` */
export function yearOf(date: string): number {
  return Number(parseSettlementDate(date).slice(0, 4));
}

/**
 * Every settlement date of a month, in order.
 *
 * @param month YYYY-MM
 * @throws {WindfallError} as `parseSettlementMonth`
 */
export function datesOfMonth(month: string): string[] {
  const first = `${parseSettlementMonth(month)}-01`;
  // 31 days later is always in the next month, whose first day minus one is this month's last.
  const last = shiftDays(`${shiftDays(first, 31).slice(0, 7)}-01`, -1);
  return settlementDatesBetween(first, last);
}

/** Every settlement date of a year, in order. @throws {WindfallError} as `parseSettlementYear` */
export function datesOfYear(year: number): string[] {
  parseSettlementYear(String(year));
  return settlementDatesBetween(`${year}-01-01`, `${year}-12-31`);
}

/** As `addDays`, but unchecked: for the days just outside the range that bound its first and last one. */
export function shiftDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whether the calendar has the day, given in the right shape, and it lies in the range. */
function exists(date: string): boolean {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  // Date.UTC carries 30 February over to 2 March, which then reads differently.
  const carried = new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
  return carried === date && year >= FIRST_YEAR && year <= LAST_YEAR;
}

function requireShape(text: string, shape: RegExp, what: string, allowed: string): void {
  if (shape.test(text)) return;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new WindfallError('malformed-settlement-date', `${shown} is not a ${what}; write it as ${allowed}.`, {
    details: { value: text, allowed },
  });
}

function impossible(text: string, unit: string, allowed: string): WindfallError {
  const message = `${text} is not a ${unit} of the settlement calendar; ask for one from ${allowed}.`;
  return new WindfallError('impossible-settlement-date', message, { details: { value: text, allowed } });
}
