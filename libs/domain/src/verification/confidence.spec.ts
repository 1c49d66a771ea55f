import { describe, expect, it } from '@jest/globals';
import { fewerThan } from './confidence.js';

/** Every sample of `size` out of `population` periods, as bits. */
function samplesOf(population: number, size: number): number[] {
  return Array.from({ length: 2 ** population }, (_, bits) => bits).filter((bits) => bitsIn(bits) === size);
}

function bitsIn(bits: number): number {
  return bits.toString(2).replaceAll('0', '').length;
}

describe('how many periods differ at most, by a sample', () => {
  it('is what drawing every possible sample gives', () => {
    for (let population = 1; population <= 9; population += 1) {
      for (let sampled = 0; sampled <= population; sampled += 1) {
        const samples = samplesOf(population, sampled);
        for (let differing = 0; differing <= sampled; differing += 1) {
          // Let the first `total` periods differ: which of them does not matter to the number of samples.
          const refuted = (total: number): boolean => {
            const showNoMore = samples.filter((bits) => bitsIn(bits & (2 ** total - 1)) <= differing);
            return showNoMore.length / samples.length <= 0.05;
          };
          let expected = differing;
          while (expected <= population && !refuted(expected)) expected += 1;
          expect([population, sampled, differing, fewerThan(population, sampled, differing)]).toEqual([
            population,
            sampled,
            differing,
            expected,
          ]);
        }
      }
    }
  });

  // By another program: the smallest K with sum(comb(K, i) * comb(N - K, n - i) for i in range(k + 1)) / comb(N, n) <= 0.05.
  it.each([
    [48, 5, 0, 21],
    [46, 5, 0, 20],
    [50, 5, 0, 22],
    [48, 10, 0, 12],
    [48, 10, 1, 18],
    [48, 15, 0, 8],
    [48, 15, 1, 12],
    [48, 15, 5, 27],
    [48, 47, 0, 1],
    [48, 47, 5, 7],
    [48, 48, 0, 1],
    [48, 48, 5, 6],
    [48, 5, 5, 49],
    [48, 1, 0, 46],
    [48, 0, 0, 49],
  ])(
    'of %i periods with %i compared and %i of them differing, is fewer than %i',
    (population, sampled, differing, limit) => {
      expect(fewerThan(population, sampled, differing)).toBe(limit);
    },
  );

  it.each([
    [48, 49, 0],
    [48, 5, 6],
    [48, 5, -1],
    [48, 5.5, 1],
  ])('cannot be told for %d periods, %d compared, %d differing', (population, sampled, differing) => {
    expect(() => fewerThan(population, sampled, differing)).toThrow(RangeError);
  });
});
