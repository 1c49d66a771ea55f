import { randomInt } from 'node:crypto';
import getPort from 'get-port';

// Below the ranges from which Linux and macOS draw ports for outgoing connections: one of those could otherwise sit on
// the port of a store at the moment in which it is started again.
const lowest = 20_000;
const highest = 32_767;
// A port is free until its process listens, and again while it is started anew: processes that choose at the same time,
// as the workers of jest do, draw from shares of their own.
const shares = 4;
const portsOfShare = Math.floor((highest + 1 - lowest) / shares);

/** A port of 127.0.0.1 on which nothing listens, given only once by a process; the preferred one where it is free. */
export function freePort(preferred?: number): Promise<number> {
  const first = lowest + (Number(process.env.JEST_WORKER_ID ?? 0) % shares) * portsOfShare;
  const candidates = Array.from({ length: 50 }, () => randomInt(first, first + portsOfShare));
  if (preferred !== undefined) candidates.unshift(preferred);
  return getPort({ host: '127.0.0.1', port: candidates, reserve: true });
}
