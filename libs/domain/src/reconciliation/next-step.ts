import { type DayState } from './state.js';

/** What the ledgers say of one settlement day. */
export interface DayFacts {
  readonly state: DayState;
  /** Nothing the source may still change by itself is missing from what was fetched. */
  readonly sourceFinal: boolean;
  readonly failed: { readonly periods: readonly number[]; readonly detail: string } | null;
  /** Periods that have settled and were never fetched. */
  readonly unfetchedPeriods: readonly number[];
  /** Calculations rest on older content, or are not as many as they should be. */
  readonly calculationLags: boolean;
  /** Summaries rest on older calculations. */
  readonly summaryLags: boolean;
  readonly blocked: { readonly periods: readonly number[]; readonly detail: string } | null;
}

/** What was done so far for one date of a job. */
export interface ItemProgress {
  /** The source shall be asked in any case, not only when something is missing. */
  readonly refetch: boolean;
  /** The periods asked for; null for all of the day. */
  readonly periods: readonly number[] | null;
  /** How often the source was asked for. */
  readonly attempts: number;
  /** What was last asked for; null when the item has just begun. */
  readonly asked: 'ingestion' | 'calculation' | 'aggregation' | null;
  /** What was asked for has begun, and is not committed yet. */
  readonly begun: boolean;
  /** What was asked for has committed. */
  readonly done: boolean;
  /** Milliseconds since the last sign of life of it; null while nobody could be told. */
  readonly silentMs: number | null;
}

export type ItemStep =
  | { readonly do: 'wait' }
  | { readonly do: 'ask'; readonly for: 'ingestion'; readonly periods: readonly number[] | null }
  | { readonly do: 'ask'; readonly for: 'calculation' | 'aggregation' }
  | { readonly do: 'end'; readonly state: 'completed' }
  | { readonly do: 'end'; readonly state: 'failed' | 'blocked'; readonly cause: ItemCause };

export interface ItemCause {
  readonly code: 'source-unavailable' | 'difficulty-missing' | 'timed-out';
  readonly detail: string;
  readonly periods: readonly number[];
}

/** A period that still fails after so many fetches, each with its own retries, is left to a later repair. */
export const MAX_ATTEMPTS = 3;
const FIRST_PAUSE_MS = 2_000;
/** A message that nobody began to work on for so long is lost, and sent again. */
const UNHEARD_AFTER_MS = 15_000;
/** Work that began is left alone for so long: a fetch waits out the source's own pauses. */
const STUCK_AFTER_MS = 180_000;

/**
 * The next step for one date of a job, from what the ledgers say and nothing else: a process that was killed and another that
 * takes over come to the same answer.
 *
 * @param day null when nothing was ever recorded of it
 */
export function nextStep(day: DayFacts | null, item: ItemProgress): ItemStep {
  if (item.asked === null && needsSource(day, item)) return { do: 'ask', for: 'ingestion', periods: item.periods };
  if (item.asked === 'ingestion' && !item.done)
    return waitFor(item, { do: 'ask', for: 'ingestion', periods: item.periods });
  if (day === null) return { do: 'end', state: 'completed' };
  const failed = failedOf(day, item);
  if (item.asked === 'ingestion' && failed !== null) return retryOrFail(failed, item);
  if (day.calculationLags) return waitFor(item, { do: 'ask', for: 'calculation' });
  if (day.summaryLags) return waitFor(item, { do: 'ask', for: 'aggregation' });
  if (day.blocked !== null) return blockedStep(day.blocked, item);
  return { do: 'end', state: 'completed' };
}

function needsSource(day: DayFacts | null, item: ItemProgress): boolean {
  if (item.refetch || day === null || day.state === 'absent') return true;
  return !day.sourceFinal || day.failed !== null || day.unfetchedPeriods.length > 0;
}

/** The failures that concern this item: those of the periods it asked for. */
function failedOf({ failed }: DayFacts, { periods }: ItemProgress): DayFacts['failed'] {
  if (failed === null || periods === null) return failed;
  const concerned = failed.periods.filter((period) => periods.includes(period));
  return concerned.length === 0 ? null : { ...failed, periods: concerned };
}

/** Only what failed is fetched again, each time after a longer pause. */
function retryOrFail(failed: NonNullable<DayFacts['failed']>, { attempts, silentMs }: ItemProgress): ItemStep {
  if (attempts >= MAX_ATTEMPTS) return { do: 'end', state: 'failed', cause: { code: 'source-unavailable', ...failed } };
  if ((silentMs ?? 0) < FIRST_PAUSE_MS * 2 ** (attempts - 1)) return { do: 'wait' };
  return { do: 'ask', for: 'ingestion', periods: failed.periods };
}

/** An item that begins with a blocked day tries it once more: the difficulty may be there by now. */
function blockedStep(blocked: NonNullable<DayFacts['blocked']>, item: ItemProgress): ItemStep {
  if (item.asked === null) return { do: 'ask', for: 'calculation' };
  if (item.asked === 'calculation' && !item.done) return waitFor(item, { do: 'ask', for: 'calculation' });
  return { do: 'end', state: 'blocked', cause: { code: 'difficulty-missing', ...blocked } };
}

/**
 * Waits for what is on its way, and asks again when it was lost. Ingestion that never answers fails the item; derivations
 * need nothing from outside and are asked for until they are there.
 */
function waitFor(item: ItemProgress, ask: Extract<ItemStep, { do: 'ask' }>): ItemStep {
  const patienceMs = item.begun ? STUCK_AFTER_MS : UNHEARD_AFTER_MS;
  if (item.asked !== null && (item.silentMs === null || item.silentMs < patienceMs)) return { do: 'wait' };
  if (ask.for !== 'ingestion' || item.attempts < MAX_ATTEMPTS) return ask;
  const detail = `Ingestion did not finish any of ${item.attempts} requests; see whether it runs and reaches its stores`;
  return { do: 'end', state: 'failed', cause: { code: 'timed-out', detail, periods: [] } };
}
