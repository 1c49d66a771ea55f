import { describe, expect, it } from '@jest/globals';
import { difficultyOfBits } from './difficulty-of-bits.js';

describe('difficultyOfBits', () => {
  it.each([
    // The first block of all.
    [0x1d00ffff, '1'],
    // The example of the Bitcoin wiki, "Difficulty": 16307.420938523983.
    [0x1b0404cb, '16307'],
    // Block 953568, ../shared/data/difficulty.csv.
    [0x170240c3, '124932866006548'],
  ])('of %p is %s', (bits, difficulty) => {
    expect(difficultyOfBits(bits)).toBe(difficulty);
  });

  it.each([0, -1, 1.5, NaN, 0x1d01_0000, 0x2100_ffff, 0x1780_0001, 0x0100_0001, 0x1_1702_40c3])(
    'of %p is none',
    (bits) => {
      expect(() => difficultyOfBits(bits)).toThrow(RangeError);
    },
  );
});
