import { type StoredMissing } from '@app/database';
import { addDays, type MissingCause, settledPeriodsOf, settlementPeriodsOf, settlementPeriodsUpTo } from '@app/domain';
import { type MissingDates, type MissingPeriods } from './figures.js';

/** What a cause means, where the ledger does not say more. */
const details: Record<MissingCause, string> = {
  'not-settled': 'These periods have not settled yet; the source publishes them 20 minutes after their end.',
  'not-fetched': 'Nobody has asked the source for these periods yet.',
  'fetch-failed': 'The source could not be read.',
  'not-calculated': 'Nothing was calculated yet.',
  'difficulty-missing': 'There is no network difficulty for these periods.',
  'stale-revision': 'What is derived rests on older content.',
  'surplus-rows': 'There are calculations that nothing accounts for.',
  'summary-differs': 'The summary is not the sum of its rows.',
};

/**
 * What a day lacks, as it is served.
 *
 * @param stored what the ledgers tell; null when the date was never fetched, so that it lacks all periods
 * @param nowAt  periods that had not settled when the day was fetched may have settled since
 */
export function missingOfDay(date: string, stored: readonly StoredMissing[] | null, nowAt: string): MissingPeriods[] {
  const all = settlementPeriodsUpTo(settlementPeriodsOf(date));
  const found = stored ?? [{ cause: 'not-settled', periods: all, detail: null } satisfies StoredMissing];
  return found
    .flatMap((entry) => (entry.cause === 'not-settled' ? settledApart(date, entry, nowAt) : [entry]))
    .map(({ cause, periods, detail }) => ({
      cause,
      periods,
      detail: detail ?? details[cause],
      repair: repairOf(cause, date, date),
    }));
}

/**
 * What the days of a month or year lack; the same cause on successive dates becomes one entry.
 *
 * @param days in order, each with what is stored of it; null when it was never fetched
 */
export function missingOfDates(
  days: Iterable<readonly [date: string, stored: readonly StoredMissing[] | null]>,
  nowAt: string,
): MissingDates[] {
  const runs: MissingDates[] = [];
  const open = new Map<MissingCause, MissingDates>();
  for (const [date, stored] of days) {
    for (const entry of oncePerCause(missingOfDay(date, stored, nowAt))) {
      const run = open.get(entry.cause);
      if (run !== undefined && addDays(run.to, 1) === date) extend(run, date, entry);
      else {
        const begun = { ...entry, from: date, to: date };
        open.set(entry.cause, begun);
        runs.push(begun);
      }
    }
  }
  return runs;
}

function extend(run: MissingDates, date: string, entry: MissingPeriods): void {
  run.to = date;
  run.repair = repairOf(run.cause, run.from, date);
  // Periods are numbered anew each day, so those of several days cannot be listed together.
  run.periods = [];
  if (run.detail !== entry.detail) run.detail = details[run.cause];
}

/** One entry for each cause: a day whose periods failed for different reasons still failed. */
function oncePerCause(entries: readonly MissingPeriods[]): MissingPeriods[] {
  const merged = new Map<MissingCause, MissingPeriods>();
  for (const entry of entries) {
    const earlier = merged.get(entry.cause);
    if (earlier === undefined) merged.set(entry.cause, entry);
    else {
      const periods = [...new Set([...earlier.periods, ...entry.periods])].sort((a, b) => a - b);
      const detail = earlier.detail === entry.detail ? entry.detail : `${earlier.detail}; ${entry.detail}`;
      merged.set(entry.cause, { ...earlier, periods, detail });
    }
  }
  return [...merged.values()];
}

/** Splits periods that had not settled into those that have by now, which nobody fetched, and those that still have not. */
function settledApart(date: string, { periods, detail }: StoredMissing, nowAt: string): StoredMissing[] {
  const settled = settledPeriodsOf(date, nowAt);
  const entries: StoredMissing[] = [
    { cause: 'not-fetched', periods: periods.filter((period) => period <= settled), detail: null },
    { cause: 'not-settled', periods: periods.filter((period) => period > settled), detail },
  ];
  return entries.filter((entry) => entry.periods.length > 0);
}

/** What a cause means, as a sentence. */
export function detailOf(cause: MissingCause): string {
  return details[cause];
}

/** The command that repairs a gap on all dates from first to last; null when only time can. */
export function repairOf(cause: MissingCause, from: string, to: string): string | null {
  if (cause === 'not-settled') return null;
  if (cause === 'difficulty-missing') return 'windfall difficulty add HEIGHT INSTANT DIFFICULTY';
  return from === to ? `windfall date ${from}` : `windfall range ${from} ${to}`;
}
