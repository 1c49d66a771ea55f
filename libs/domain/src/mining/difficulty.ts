import { epochMsOf, instantOf } from '../settlement/instant.js';
import { NEXT_HALVING_HEIGHT } from './block-subsidy.js';

/** From `fromUnix` (seconds since 1970) on, the network has this difficulty: a whole number as text, no unit. */
export interface Retarget {
  readonly height: number;
  readonly fromUnix: number;
  readonly difficulty: string;
}

/** Why no difficulty can be stated for an instant. */
export type NoDifficultyReason = 'before-table' | 'more-than-20-days' | 'missing-retarget' | 'next-halving';

/** The retarget in force at an instant, or why it is not known. `newest`: no later one is known yet. */
export type DifficultyInForce =
  | { readonly known: true; readonly retarget: Retarget; readonly newest: boolean }
  | { readonly known: false; readonly reason: NoDifficultyReason; readonly detail: string };

/** The network sets its difficulty anew every so many blocks. */
export const RETARGET_BLOCKS = 2016;

/** Retargets come every 11 to 20 days: later than this after the newest known one, another must have come. */
const NEWEST_EPOCH_MS = 20 * 86_400_000;

/**
 * The difficulty in force at an instant. It is never guessed: outside of what the retargets prove, the answer is why.
 *
 * @param retargets in ascending order of time
 * @param at        ISO 8601; a settlement period is valued with the difficulty at its start
 * @throws {RangeError} when `at` is not an instant
 *
 * Source: docs/rules.md, rule 4.
 */
export function difficultyAt(retargets: readonly Retarget[], at: string): DifficultyInForce {
  return difficultyAtMs(retargets, epochMsOf(at));
}

/** As `difficultyAt`, for milliseconds since 1970. */
export function difficultyAtMs(retargets: readonly Retarget[], epochMs: number): DifficultyInForce {
  const index = retargets.findLastIndex(({ fromUnix }) => fromUnix * 1000 <= epochMs);
  const retarget = retargets[index];
  if (retarget === undefined) return unknown('before-table', 'no retarget is known that early');

  const next = retargets[index + 1];
  if (next !== undefined && next.height !== retarget.height + RETARGET_BLOCKS) {
    const detail = `between ${nameOf(retarget)} and ${next.height} retargets are missing; add them`;
    return unknown('missing-retarget', detail);
  }
  if (next === undefined && epochMs - retarget.fromUnix * 1000 > NEWEST_EPOCH_MS) {
    const detail = `the last known one, ${nameOf(retarget)}, is more than 20 days earlier; add those since`;
    return unknown('more-than-20-days', detail);
  }
  if (retarget.height + RETARGET_BLOCKS > NEXT_HALVING_HEIGHT) {
    const detail = `block ${NEXT_HALVING_HEIGHT} halves the subsidy after ${nameOf(retarget)}, its time is unknown`;
    return unknown('next-halving', detail);
  }
  return { known: true, retarget, newest: next === undefined };
}

function unknown(reason: NoDifficultyReason, detail: string): DifficultyInForce {
  return { known: false, reason, detail };
}

function nameOf({ height, fromUnix }: Retarget): string {
  return `retarget ${height} of ${instantOf(fromUnix * 1000)}`;
}
