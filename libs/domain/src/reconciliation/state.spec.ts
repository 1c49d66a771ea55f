import { describe, expect, it } from '@jest/globals';
import { rollUpState, type DayState } from './state.js';

describe('rollUpState', () => {
  it.each<[string, Partial<Record<DayState, number>>, number, DayState]>([
    ['no day was fetched', { absent: 31 }, 31, 'absent'],
    ['no day is known of', {}, 31, 'absent'],
    ['all days are complete', { complete: 31 }, 31, 'complete'],
    ['one day is absent', { complete: 30, absent: 1 }, 31, 'partial'],
    ['one day is not known of', { complete: 30 }, 31, 'partial'],
    ['one day is partial', { complete: 30, partial: 1 }, 31, 'partial'],
    ['a day too many is absent', { complete: 31, absent: 1 }, 31, 'partial'],
    ['all known days are blocked, others are not known of', { blocked: 3 }, 31, 'partial'],
    ['one day is blocked', { complete: 29, provisional: 1, blocked: 1 }, 31, 'blocked'],
    ['one day is blocked and one partial', { complete: 29, partial: 1, blocked: 1 }, 31, 'partial'],
    ['one day is provisional', { complete: 30, provisional: 1 }, 31, 'provisional'],
  ])('when %s: %j of %i is %s', (_, days, expectedDays, state) => {
    expect(rollUpState(days, expectedDays)).toBe(state);
  });
});
