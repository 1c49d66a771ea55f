import { describeDates } from '../settlement/describe-dates.js';

export const alertKinds = ['gap', 'difficulty-missing', 'difficulty-awaited', 'dead-letter'] as const;

/**
 * What an operator has to know of and do something about:
 *
 * - `gap` a day still lacks something after a daily check
 * - `difficulty-missing` a day has no difficulty although a later one has
 * - `difficulty-awaited` the newest days have none, since the newest retargets are not known yet
 * - `dead-letter` a consumer has given an event up
 */
export type AlertKind = (typeof alertKinds)[number];

/** One thing in such a state; all of a kind are told together. */
export interface Alert {
  readonly kind: AlertKind;
  /** A settlement date; of `dead-letter` the name of the consumer. */
  readonly subject: string;
}

/** What was found. What is not lasting may pass by itself: it keeps an alert open, and opens none. */
export interface AlertWorthy extends Alert {
  readonly lasting: boolean;
}

export interface AlertChanges {
  readonly begun: readonly Alert[];
  readonly ended: readonly Alert[];
}

/** What to tell operators, as one line of the log. */
export interface AlertLine {
  readonly level: 'error' | 'info';
  readonly kind: AlertKind;
  readonly text: string;
  /** What to run; null when there is nothing to be done. */
  readonly command: string | null;
}

/** What of all that is found was not open yet, and what was open and is over. */
export function compareAlerts(open: readonly Alert[], found: readonly AlertWorthy[]): AlertChanges {
  const wasOpen = new Set(open.map(keyOf));
  const isThere = new Set(found.map(keyOf));
  return {
    begun: found
      .filter((alert) => alert.lasting && !wasOpen.has(keyOf(alert)))
      .map(({ kind, subject }) => ({ kind, subject })),
    ended: open.filter((alert) => !isThere.has(keyOf(alert))),
  };
}

/**
 * One line for each kind that begins, that is joined by more subjects, or that is over with its last one. Days that begin to
 * wait for a difficulty beside others tell nothing new: there will be another one every night.
 */
export function alertLines(open: readonly Alert[], { begun, ended }: AlertChanges): AlertLine[] {
  return alertKinds.flatMap((kind): AlertLine[] => {
    const joining = subjectsOf(begun, kind);
    const leaving = subjectsOf(ended, kind).length;
    const staying = subjectsOf(open, kind).length - leaving;
    if (joining.length === 0) {
      return leaving > 0 && staying === 0 ? [{ level: 'info', kind, text: over[kind], command: null }] : [];
    }
    if (kind === 'difficulty-awaited' && staying > 0) return [];
    return [{ level: 'error', kind, ...begins[kind](joining, staying > 0 ? ' more' : '') }];
  });
}

function subjectsOf(alerts: readonly Alert[], kind: AlertKind): string[] {
  return alerts.filter((alert) => alert.kind === kind).map(({ subject }) => subject);
}

const ADD_DIFFICULTY = 'windfall difficulty update, or windfall difficulty add HEIGHT INSTANT DIFFICULTY';

const begins: Record<AlertKind, (subjects: string[], more: string) => { text: string; command: string }> = {
  gap: (dates, more) => ({
    text: `${count(dates, `${more} day`)} still ${one(dates) ? 'lacks' : 'lack'} something after the daily check: ${describeDates(dates)}`,
    command: one(dates) ? `windfall date ${dates[0]}` : 'windfall reconcile',
  }),
  'difficulty-missing': (dates, more) => ({
    text: `${count(dates, `${more} day`)} ${one(dates) ? 'has' : 'have'} no difficulty, though later ones have: ${describeDates(dates)}`,
    command: ADD_DIFFICULTY,
  }),
  'difficulty-awaited': (dates) => ({
    text: `${count(dates, ' day')} since ${[...dates].sort()[0]} ${one(dates) ? 'waits' : 'wait'} for a difficulty; later ones will join without a further word`,
    command: ADD_DIFFICULTY,
  }),
  'dead-letter': (consumers, more) => ({
    text: `${count(consumers, `${more} consumer`)} gave events up: ${[...consumers].sort().join(', ')}`,
    command: 'windfall dead-letters list',
  }),
};

const over: Record<AlertKind, string> = {
  gap: 'No day lacks anything any more',
  'difficulty-missing': 'No day lacks a difficulty that a later one has any more',
  'difficulty-awaited': 'No day waits for a difficulty any more',
  'dead-letter': 'There are no dead letters any more',
};

function one({ length }: readonly unknown[]): boolean {
  return length === 1;
}

function count(subjects: readonly string[], noun: string): string {
  return `${subjects.length}${noun}${one(subjects) ? '' : 's'}`;
}

function keyOf({ kind, subject }: Alert): string {
  return `${kind} ${subject}`;
}
