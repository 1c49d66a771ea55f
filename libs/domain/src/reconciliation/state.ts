/** What is known of one settlement period. `fetched-empty`: the source answered, and nothing was curtailed. */
export type PeriodState = 'not-settled' | 'not-fetched' | 'fetched' | 'fetched-empty' | 'failed';

/**
 * How far the figures of a day, month or year can be relied on. Where several apply, the first wins:
 * `absent` nothing was fetched; `partial` periods are missing or failed, or a derivation lags behind; `blocked` there is
 * no difficulty for it; `provisional` the source or the newest difficulty may still change it; `complete`.
 */
export type DayState = 'absent' | 'partial' | 'blocked' | 'provisional' | 'complete';

/** Why a figure is not complete. */
export type MissingCause =
  | 'not-settled'
  | 'not-fetched'
  | 'fetch-failed'
  | 'not-calculated'
  | 'difficulty-missing'
  | 'stale-revision'
  | 'surplus-rows'
  | 'summary-differs';

/** What is missing of a figure, and the command that repairs it (null when waiting is all there is to do). */
export interface Missing {
  readonly cause: MissingCause;
  /** The settlement periods concerned; empty when it is not about single periods. */
  readonly periods: readonly number[];
  /** A sentence or the source's own words, such as 'HTTP 500, 5 attempts'. */
  readonly detail: string;
  readonly repair: string | null;
}

/**
 * State of a month or year from the states of its days.
 *
 * @param days         how many days are in each state; a state that is left out has none
 * @param expectedDays how many days there ought to be; those that `days` does not count are absent
 * @returns `absent` when every day is; `partial` when some day is absent or partial; else the first of `blocked`,
 *   `provisional` and `complete` that some day has
 */
export function rollUpState(days: Readonly<Partial<Record<DayState, number>>>, expectedDays: number): DayState {
  const { absent = 0, partial = 0, blocked = 0, provisional = 0, complete = 0 } = days;
  const fetched = partial + blocked + provisional + complete;
  if (fetched === 0) return 'absent';
  if (absent > 0 || partial > 0 || fetched < expectedDays) return 'partial';
  if (blocked > 0) return 'blocked';
  return provisional > 0 ? 'provisional' : 'complete';
}
