import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawSample } from './draw-sample.js';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('a sample', () => {
  it('has as many different candidates as were asked for, in their order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.nat({ max: 12 }), fc.string(), (last, count, seed) => {
        const drawn = drawSample(upTo(last), count, seed);
        expect(drawn).toHaveLength(Math.min(last, count));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
        expect(drawn.every((candidate) => candidate >= 1 && candidate <= last)).toBe(true);
      }),
    );
  });

  it('is the same for the same seed, whatever the order of the candidates', () => {
    const candidates = fc.uniqueArray(fc.nat({ max: 50 }));
    const withShuffled = candidates.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
    );
    fc.assert(
      fc.property(withShuffled, fc.string(), ([some, shuffled], seed) => {
        expect(new Set(drawSample(shuffled, 5, seed))).toEqual(new Set(drawSample(some, 5, seed)));
      }),
    );
  });

  it('loses one at most to a candidate more', () => {
    const before = drawSample(upTo(40), 5, 'seed');
    const after = drawSample(upTo(41), 5, 'seed');
    expect(after.filter((candidate) => !before.includes(candidate)).every((candidate) => candidate === 41)).toBe(true);
  });

  it('takes each candidate about as often as any other', () => {
    const taken = new Map(upTo(48).map((period) => [period, 0]));
    for (let seed = 0; seed < 2000; seed += 1) {
      for (const period of drawSample(upTo(48), 10, `seed ${seed}`)) taken.set(period, (taken.get(period) ?? 0) + 1);
    }
    // 2000 × 10 / 48 = 416.7 expected, standard deviation 18.2: five of them to either side.
    expect(Math.min(...taken.values())).toBeGreaterThan(325);
    expect(Math.max(...taken.values())).toBeLessThan(508);
  });
});
