import { Temporal } from 'temporal-polyfill';
import { epochMsOf } from '../settlement/instant.js';

/** When something is to be done again and again, by the clock on the wall in London. */
export interface Schedule {
  /** 1 is Monday, 7 is Sunday; null: every day. */
  readonly weekday: number | null;
  /** 0 to 23. */
  readonly hour: number;
}

export interface Due {
  /** The London date of the run: the run's name, so that it is one run however often its hour comes. */
  readonly date: string;
  readonly dueAt: string;
}

/**
 * The latest run of a schedule that is due. Of an hour that comes twice the first counts; an hour that is skipped when clocks
 * go forward is due an hour later on the wall, at the same moment as if they had not.
 *
 * @param nowAt the present, ISO 8601
 * @throws {RangeError} when `nowAt` is not an instant
 */
export function latestDue({ weekday, hour }: Schedule, nowAt: string): Due {
  const nowMs = epochMsOf(nowAt);
  let date = Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('Europe/London').toPlainDate();
  for (;;) {
    const due = date.toZonedDateTime({ timeZone: 'Europe/London', plainTime: { hour } });
    if (due.epochMilliseconds <= nowMs && (weekday === null || date.dayOfWeek === weekday))
      return { date: date.toString(), dueAt: due.toInstant().toString() };
    date = date.subtract({ days: 1 });
  }
}
