import { randomFor, type Random } from '../random.js';

/** The number that the n-th acceptance of a unit in a period has; ids grow through the day, as the real ones do. */
export function acceptanceIdOf(
  seed: string,
  unitId: string,
  settlementDate: string,
  period: number,
  n: number,
): number {
  const firstOfDay = 10_000 + Math.floor(randomFor(seed, 'acceptance', unitId, settlementDate)() * 800_000);
  return firstOfDay + 8 * period + n;
}

/** Mostly false; null is sent too, and short acceptances are rare among those for constraints. */
export function drawCadlFlag(random: Random): boolean | null {
  const draw = random();
  if (draw < 0.06) return null;
  return draw < 0.1;
}
