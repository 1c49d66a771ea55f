import { describe, expect, it } from '@jest/globals';
import { faultOfSuccession, missingRetargetHeights } from './retarget-succession.js';

// Block headers, as in ../shared/data/difficulty.csv.
const march = { height: 836640, fromUnix: 1711619463, difficulty: '83126997340024' };
const april = { height: 838656, fromUnix: 1712783853, difficulty: '86388558925171' };
const later = { height: 840672, fromUnix: 1713970312, difficulty: '88104191118793' };

describe('missingRetargetHeights', () => {
  it('are those between and after the known ones, once five blocks lie on top', () => {
    expect(missingRetargetHeights([march, later], 842_693)).toEqual([838_656, 842_688]);
    expect(missingRetargetHeights([later], 842_692)).toEqual([]);
    expect(missingRetargetHeights([march], 840_677)).toEqual([838_656, 840_672]);
  });

  it('are none where the newest block is older than what is known', () => {
    expect(missingRetargetHeights([march], 100)).toEqual([]);
  });
});

describe('faultOfSuccession', () => {
  it('has nothing to say of what the network did', () => {
    expect(faultOfSuccession([march, april, later])).toBeUndefined();
    expect(faultOfSuccession([march])).toBeUndefined();
  });

  it.each([
    ['a gap', [march, later], '840672 does not follow 836640 by 2016 blocks'],
    ['a time that stands still', [march, { ...april, fromUnix: march.fromUnix }], '838656 is not later than 836640'],
    // 83126997340024 × 4 = 332507989360096, ÷ 4 = 20781749335006.
    ['a leap', [march, { ...april, difficulty: '332507989360097' }], 'more than a factor of four'],
    ['a fall', [march, { ...april, difficulty: '20781749335005' }], 'more than a factor of four'],
  ])('names %s', (_, retargets, fault) => {
    expect(faultOfSuccession(retargets)).toContain(fault);
  });

  it('takes the factor of four itself', () => {
    expect(faultOfSuccession([march, { ...april, difficulty: '332507989360096' }])).toBeUndefined();
    expect(faultOfSuccession([march, { ...april, difficulty: '20781749335006' }])).toBeUndefined();
  });
});
