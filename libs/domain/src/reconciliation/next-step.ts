import { type DayState } from './state.js';
import { type Reported, type Step } from './step.js';

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
  /** Calculations were compared with what they rest on since the item began. */
  readonly calculationChecked: boolean;
  /** Summaries rest on older calculations. */
  readonly summaryLags: boolean;
  /** Summaries were compared with what they rest on since the item began. */
  readonly summaryChecked: boolean;
  readonly blocked: { readonly periods: readonly number[]; readonly detail: string } | null;
}

/** What was done so far for one date of a job. */
export interface ItemProgress {
  readonly steps: readonly Step[];
  /** Place of the step that was asked for last; 0 when none was. */
  readonly step: number;
  /** Some step was asked for. */
  readonly asked: boolean;
  /** How often in a row that step was asked for. */
  readonly tries: number;
  /** What was asked for has begun, and is not committed yet. */
  readonly begun: boolean;
  /** What was asked for has committed. */
  readonly done: boolean;
  /** Milliseconds since the last sign of life of it; null while nobody could be told. */
  readonly silentMs: number | null;
  /** What came of it, where no ledger tells. */
  readonly reported: Reported | null;
  /** The day was fetched for this item. */
  readonly fetched: boolean;
}

export type ItemStep =
  | { readonly do: 'wait' }
  /** `periods`: of an ingestion, those to fetch now; null for all of the day. */
  | { readonly do: 'ask'; readonly step: number; readonly periods: readonly number[] | null }
  | { readonly do: 'end'; readonly state: 'completed' }
  | { readonly do: 'end'; readonly state: 'failed' | 'blocked'; readonly cause: ItemCause };

export interface ItemCause {
  readonly code: 'source-unavailable' | 'difficulty-missing' | 'timed-out' | 'not-ingested' | 'still-differs';
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

/** What one step says: nothing more to do for it, or what to do now. */
type Verdict = 'go on' | 'wait' | { ask: readonly number[] | null } | { fail: ItemCause };

/**
 * The next step for one date of a job, from what the ledgers say and nothing else: a process that was killed and another that
 * takes over come to the same answer.
 *
 * @param day null when nothing was ever recorded of it
 */
export function nextStep(day: DayFacts | null, item: ItemProgress): ItemStep {
  for (const [place, step] of item.steps.entries()) {
    if (place < item.step) continue;
    const verdict = verdictOn(step, day, item, item.asked && place === item.step);
    if (verdict === 'go on') continue;
    if (verdict === 'wait') return { do: 'wait' };
    if ('fail' in verdict) return { do: 'end', state: 'failed', cause: verdict.fail };
    return { do: 'ask', step: place, periods: verdict.ask };
  }
  return outcomeOf(day, item);
}

const UNBEGUN = {
  step: 0,
  asked: false,
  tries: 0,
  begun: false,
  done: false,
  silentMs: 0,
  reported: null,
  fetched: false,
} as const;

/**
 * The steps that would be taken for a day as it is now, for a plan. What depends on the steps before it is among them.
 *
 * @param day null when nothing was ever recorded of it
 */
export function stepsAhead(day: DayFacts | null, steps: readonly Step[]): Step[] {
  let fetches = false;
  const taken: Step[] = [];
  for (const step of steps) {
    const item = { ...UNBEGUN, steps, fetched: fetches, asked: taken.length > 0 };
    const follows = fetches && step.do !== 'ingest';
    const depends = step.do === 'ingest' && step.when === 'differs' && taken.length > 0;
    if (!follows && !depends && verdictOn(step, day, item, false) === 'go on') continue;
    if (step.do === 'ingest') fetches = true;
    taken.push(step);
  }
  return taken;
}

/** @param asked whether it is this step that was asked for last */
function verdictOn(step: Step, day: DayFacts | null, item: ItemProgress, asked: boolean): Verdict {
  switch (step.do) {
    case 'ingest':
      return asked ? ingestAgain(step, day, item) : needsSource(step, day, item) ? { ask: step.periods } : 'go on';
    case 'calculate':
      return calculate(step, day, item, asked);
    case 'aggregate':
      return aggregate(step, day, item, asked);
    case 'verify':
      return verify(step, day, item, asked);
    case 'fetch-wind-generation':
    case 'compare-register':
      return askOutside(item, asked);
  }
}

type IngestStep = Extract<Step, { do: 'ingest' }>;

function needsSource({ when, periods }: IngestStep, day: DayFacts | null, item: ItemProgress): boolean {
  if (when === 'always' || day === null || day.state === 'absent') return true;
  if (failedOf(day, periods) !== null || day.unfetchedPeriods.some((period) => periods?.includes(period) ?? true))
    return true;
  return when === 'needed' ? !day.sourceFinal : item.reported?.outcome === 'differs';
}

/** Only what failed is fetched again, each time after a longer pause. What fails for good is told at the end of the item. */
function ingestAgain({ periods }: IngestStep, day: DayFacts | null, item: ItemProgress): Verdict {
  if (!item.done) return outside(waitFor(item, periods), item, 'Ingestion');
  const failed = day === null ? null : failedOf(day, periods);
  if (failed === null || item.tries >= MAX_ATTEMPTS) return 'go on';
  return (item.silentMs ?? 0) < pauseMs(item) ? 'wait' : { ask: failed.periods };
}

/** The failures that concern these periods; null means all of the day. */
function failedOf({ failed }: DayFacts, periods: readonly number[] | null): DayFacts['failed'] {
  if (failed === null || periods === null) return failed;
  const concerned = failed.periods.filter((period) => periods.includes(period));
  return concerned.length === 0 ? null : { ...failed, periods: concerned };
}

function calculate(
  { when, only }: Extract<Step, { do: 'calculate' }>,
  day: DayFacts | null,
  item: ItemProgress,
  asked: boolean,
): Verdict {
  if (day === null || day.state === 'absent') return 'go on';
  // What else the day lacks is not what was asked for.
  if (only !== null && asked) return item.done ? 'go on' : waitFor(item, null);
  if (only !== null) return { ask: null };
  if (day.calculationLags || (asked && !item.done)) return waitFor(item, null);
  // An item that begins with a blocked day tries it once more: the difficulty may be there by now.
  const wanted = when === 'checked' ? !day.calculationChecked : day.blocked !== null && !item.asked;
  return wanted && !asked ? { ask: null } : 'go on';
}

function aggregate(
  { when }: Extract<Step, { do: 'aggregate' }>,
  day: DayFacts | null,
  item: ItemProgress,
  asked: boolean,
): Verdict {
  if (day === null || day.state === 'absent') return 'go on';
  if (day.summaryLags || (asked && !item.done)) return waitFor(item, null);
  return when === 'checked' && !day.summaryChecked && !asked ? { ask: null } : 'go on';
}

function verify(
  { purpose }: Extract<Step, { do: 'verify' }>,
  day: DayFacts | null,
  item: ItemProgress,
  asked: boolean,
): Verdict {
  const nothingStored = day === null || day.state === 'absent';
  if (!asked && ((purpose === 'repair' && nothingStored) || (purpose === 'proof' && !item.fetched))) return 'go on';
  if (!asked || item.reported === null) return askOutside(item, asked);
  if (purpose === 'report' || item.reported.outcome === 'same') return 'go on';
  const detail = item.reported.detail ?? 'See the verification report.';
  if (item.reported.outcome !== 'differs')
    return fail('source-unavailable', `The day could not be compared: ${detail}`);
  return purpose === 'repair' ? 'go on' : fail('still-differs', `The repaired day differs from the source: ${detail}`);
}

/** Asks for what is done outside the ledgers, and again, after a pause, when it failed. */
function askOutside(item: ItemProgress, asked: boolean): Verdict {
  if (!asked) return { ask: null };
  if (!item.done) return outside(waitFor({ ...item, begun: true }, null), item, 'The service asked');
  if (item.reported?.outcome !== 'failed') return 'go on';
  if (item.tries >= MAX_ATTEMPTS) return fail('source-unavailable', item.reported.detail ?? 'The source failed.');
  return (item.silentMs ?? 0) < pauseMs(item) ? 'wait' : { ask: null };
}

function pauseMs({ tries }: ItemProgress): number {
  return FIRST_PAUSE_MS * 2 ** (tries - 1);
}

/** Waits for what is on its way, and asks again when it was lost. */
function waitFor(item: ItemProgress, periods: readonly number[] | null): Verdict {
  const patienceMs = item.begun ? STUCK_AFTER_MS : UNHEARD_AFTER_MS;
  if (item.asked && (item.silentMs === null || item.silentMs < patienceMs)) return 'wait';
  return { ask: periods };
}

/** Whoever depends on others than us is not asked for ever, as derivations are, which need nothing from outside. */
function outside(verdict: Verdict, { tries }: ItemProgress, who: string): Verdict {
  if (verdict === 'wait' || tries < MAX_ATTEMPTS) return verdict;
  return fail(
    'timed-out',
    `${who} did not finish any of ${tries} requests; see whether it runs and reaches its stores`,
  );
}

function fail(code: ItemCause['code'], detail: string, periods: readonly number[] = []): { fail: ItemCause } {
  return { fail: { code, detail, periods } };
}

/** How an item ends that has been through all its steps. */
function outcomeOf(day: DayFacts | null, { steps }: ItemProgress): ItemStep {
  const ingests = steps.filter((step) => step.do === 'ingest');
  const derives = steps.some((step) => step.do === 'calculate' || step.do === 'aggregate');
  const wanted = ingests.some(({ periods }) => periods === null)
    ? null
    : ingests.flatMap(({ periods }) => periods ?? []);
  const failed = day === null || ingests.length === 0 ? null : failedOf(day, wanted);
  if (failed !== null) return { do: 'end', state: 'failed', cause: { code: 'source-unavailable', ...failed } };
  if (derives && ingests.length === 0 && (day === null || day.state === 'absent')) {
    const detail = 'Nothing is stored of this date; ask for it with the kind "date" first';
    return { do: 'end', state: 'failed', cause: { code: 'not-ingested', detail, periods: [] } };
  }
  if (day === null || day.blocked === null || !steps.some((step) => step.do === 'calculate'))
    return { do: 'end', state: 'completed' };
  return { do: 'end', state: 'blocked', cause: { code: 'difficulty-missing', ...day.blocked } };
}
