import type { Cause } from './dead-letters.js';

/** With the delays below an event is tried for two to three minutes: longer than a store takes to restart. */
export const MAX_ATTEMPTS = 10;

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 60_000;

/**
 * How long to wait after the attempt of this number, from 1: twice as long each time, up to a minute, of which a random
 * half is left out so that what failed together does not come back together.
 */
export function retryAfterMs(attempt: number, random = Math.random()): number {
  const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.round(longest * (0.5 + random / 2));
}

/** Whether the error itself says that the very same attempt can never succeed. */
export function isLasting(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

export function causeOf(error: unknown): Cause {
  if (!(error instanceof Error)) return { code: 'unknown', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: error.message };
}
