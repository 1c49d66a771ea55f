import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { coverTheSame, curtailedShare } from './curtailed-share.js';

describe('the curtailed share', () => {
  it.each([
    // 50 of 50 + 100 + 50 MWh.
    ['50', '100', '50', 0.25],
    ['0', '100', '50', 0],
    ['50', '0', '0', 1],
    ['1', '1', '1', 0.333333],
    ['2', '0.5', '0.5', 0.666667],
    // 0.0000005 of 1 is rounded away from zero.
    ['0.0000005', '0.9999995', '0', 0.000001],
  ])('of %s MWh beside %s onshore and %s offshore is %d', (curtailed, onshore, offshore, share) => {
    expect(curtailedShare(curtailed, onshore, offshore)).toBe(share);
  });

  it('is not known when one of its parts is not, or when there is no wind at all', () => {
    expect(curtailedShare(null, '1', '1')).toBeNull();
    expect(curtailedShare('1', null, '1')).toBeNull();
    expect(curtailedShare('1', '1', null)).toBeNull();
    expect(curtailedShare('0', '0', '0')).toBeNull();
  });

  it('lies between 0 and 1', () => {
    const mwh = fc.integer({ min: 0, max: 1e9 }).map((watts) => String(watts / 1000));
    fc.assert(
      fc.property(mwh, mwh, mwh, (curtailed, onshore, offshore) => {
        const share = curtailedShare(curtailed, onshore, offshore);
        if (share === null) expect([curtailed, onshore, offshore]).toEqual(['0', '0', '0']);
        else expect(share >= 0 && share <= 1).toBe(true);
      }),
    );
  });
});

describe('two sums', () => {
  const known = (...dates: [string, boolean][]) => new Map(dates);
  const may = known(['2025-05-01', true], ['2025-05-02', true]);

  it('cover the same when each date of one is whole in both', () => {
    expect(coverTheSame(may, new Map(may))).toBe(true);
  });

  it.each([
    ['one has a date more', known(['2025-05-01', true])],
    ['they have as many dates, but others', known(['2025-05-01', true], ['2025-05-03', true])],
    ['a date of one is not whole', known(['2025-05-01', true], ['2025-05-02', false])],
    ['one has nothing', known()],
  ])('do not when %s', (_, other) => {
    expect(coverTheSame(may, other)).toBe(false);
    expect(coverTheSame(other, may)).toBe(false);
  });

  it('do not when both lack periods of a date, for these may be others', () => {
    expect(coverTheSame(known(['2025-05-01', false]), known(['2025-05-01', false]))).toBe(false);
    expect(coverTheSame(known(), known())).toBe(false);
  });
});
