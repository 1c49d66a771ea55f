import { Temporal } from 'temporal-polyfill';

/**
 * Milliseconds since 1970 of an ISO 8601 instant with `Z` or an offset. Not `Date.parse`, which reads 30 February as
 * 2 March.
 *
 * @throws {RangeError} when `at` is not such an instant
 */
export function epochMsOf(at: string): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

/** The instant as ISO 8601 UTC text, without a fraction when it is a whole second. */
export function instantOf(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}
