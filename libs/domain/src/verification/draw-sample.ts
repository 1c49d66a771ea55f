import { createHash } from 'node:crypto';

/**
 * Draws some of the candidates at random, without putting any back: the same ones for the same seed.
 *
 * Each candidate's place is its digest with the seed, so every subset of a size is equally likely, and a candidate more or
 * less displaces at most one of those drawn.
 *
 * @param candidates in any order, each once
 * @param count      how many; all of them when there are fewer
 * @param seed       any text
 * @returns the drawn ones, in the order of the candidates
 */
export function drawSample<Candidate extends string | number>(
  candidates: readonly Candidate[],
  count: number,
  seed: string,
): Candidate[] {
  const places = new Map(candidates.map((candidate) => [candidate, placeOf(seed, candidate)]));
  const place = (candidate: Candidate): string => places.get(candidate) ?? '';
  const drawn = new Set([...candidates].sort((a, b) => (place(a) < place(b) ? -1 : 1)).slice(0, count));
  return candidates.filter((candidate) => drawn.has(candidate));
}

function placeOf(seed: string, candidate: string | number): string {
  return createHash('sha256').update(`${seed} ${candidate}`).digest('hex');
}
