import { randomInt } from 'node:crypto';
import getPort from 'get-port';

// Below the ranges from which Linux and macOS draw ports for outgoing connections: one of those could otherwise sit on
// the port of a store at the moment in which it is started again.
const lowest = 20_000;
const highest = 32_767;

/** A port of 127.0.0.1 on which nothing listens; the preferred one where it is free. */
export function freePort(preferred?: number): Promise<number> {
  const candidates = Array.from({ length: 50 }, () => randomInt(lowest, highest + 1));
  if (preferred !== undefined) candidates.unshift(preferred);
  return getPort({ host: '127.0.0.1', port: candidates });
}
