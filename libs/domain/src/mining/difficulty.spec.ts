import { describe, expect, it } from '@jest/globals';
import { difficultyAt } from './difficulty.js';

// Block headers, as in ../shared/data/difficulty.csv.
const march = { height: 836640, fromUnix: 1711619463, difficulty: '83126997340024' }; // 2024-03-28T09:51:03Z
const april = { height: 838656, fromUnix: 1712783853, difficulty: '86388558925171' }; // 2024-04-10T21:17:33Z
const later = { height: 840672, fromUnix: 1713970312, difficulty: '88104191118793' }; // 2024-04-24T14:51:52Z
const retargets = [march, april, later];

describe('difficultyAt', () => {
  it('changes with the second of a retarget', () => {
    expect(difficultyAt(retargets, '2024-04-10T21:17:32Z')).toEqual({ known: true, retarget: march, newest: false });
    expect(difficultyAt(retargets, '2024-04-10T21:17:33Z')).toEqual({ known: true, retarget: april, newest: false });
    expect(difficultyAt(retargets, '2024-04-24T14:51:51.999Z')).toEqual({
      known: true,
      retarget: april,
      newest: false,
    });
  });

  it('says when no later retarget is known', () => {
    expect(difficultyAt(retargets, '2024-04-24T14:51:52Z')).toEqual({ known: true, retarget: later, newest: true });
    expect(difficultyAt([march, april], '2024-04-20T00:00:00Z')).toMatchObject({ retarget: april, newest: true });
  });

  it('does not reach back before the first retarget', () => {
    expect(difficultyAt(retargets, '2024-03-28T09:51:02Z')).toMatchObject({ known: false, reason: 'before-table' });
    expect(difficultyAt([], '2024-03-28T09:51:02Z')).toMatchObject({ known: false, reason: 'before-table' });
  });

  it('holds for exactly 20 days after the last retarget', () => {
    expect(difficultyAt(retargets, '2024-05-14T14:51:52Z')).toMatchObject({ known: true, retarget: later });
    expect(difficultyAt(retargets, '2024-05-14T14:51:52.001Z')).toEqual({
      known: false,
      reason: 'more-than-20-days',
      detail:
        'the last known one, retarget 840672 of 2024-04-24T14:51:52Z, is more than 20 days earlier; add those since',
    });
  });

  it('holds longer where the next retarget is known: the blocks were slow', () => {
    const slow = { ...later, fromUnix: april.fromUnix + 30 * 86_400 };
    expect(difficultyAt([april, slow], '2024-05-08T00:00:00Z')).toMatchObject({ known: true, retarget: april });
  });

  it('does not bridge a retarget that is missing between two known ones', () => {
    expect(difficultyAt([march, later], '2024-03-29T00:00:00Z')).toEqual({
      known: false,
      reason: 'missing-retarget',
      detail: 'between retarget 836640 of 2024-03-28T09:51:03Z and 840672 retargets are missing; add them',
    });
    expect(difficultyAt([march, later], '2024-04-25T00:00:00Z')).toMatchObject({ known: true, retarget: later });
  });

  it('stops before the epoch of block 1050000, whose halving has no known time yet', () => {
    // 520 × 2016 = 1048320 ≤ 1050000 < 1050336 = 521 × 2016
    const [last, halving] = [
      { height: 1046304, fromUnix: 1835000000, difficulty: '1' },
      { height: 1048320, fromUnix: 1836200000, difficulty: '1' },
    ];
    expect(difficultyAt([last, halving], new Date(1835000000_000).toISOString())).toMatchObject({ known: true });
    expect(difficultyAt([last, halving], new Date(1836200000_000).toISOString())).toMatchObject({
      known: false,
      reason: 'next-halving',
    });
  });

  it('refuses what is no instant', () => {
    expect(() => difficultyAt(retargets, '2024-04-25')).toThrow(RangeError);
  });
});
