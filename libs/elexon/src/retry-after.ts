/**
 * How long a `Retry-After` header asks a client to wait.
 *
 * @param header its text: whole seconds, or an HTTP date (RFC 9110 section 10.2.3)
 * @param nowMs  milliseconds since 1970, against which a date is read
 * @returns milliseconds ≥ 0, or null when the header says neither
 */
export function retryAfterMs(header: string, nowMs: number): number | null {
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Date.parse takes much that is no HTTP date, such as "2"; the three forms that RFC 9110 allows begin with a day's name.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : Math.max(0, atMs - nowMs);
}
