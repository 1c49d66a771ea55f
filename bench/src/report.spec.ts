import { describe, expect, it } from '@jest/globals';
import { interleaved, median } from './measure.js';
import { type Line, tableOf, verdictOf } from './report.js';

const line: Line = {
  goal: 1,
  what: 'a day',
  ours: 100,
  unit: 'ms',
  yardstick: { what: 'P', value: 800, ratio: 'it ÷ ours' },
  bar: { atLeast: 7 },
  stretch: { atLeast: 10 },
};

describe('A verdict', () => {
  it('holds the ratio against bar and stretch', () => {
    expect(verdictOf({ ...line, ours: 115 })).toBe('missed');
    expect(verdictOf({ ...line, ours: 100 })).toBe('met');
    expect(verdictOf({ ...line, ours: 80 })).toBe('stretch');
  });

  it('turns the ratio round where little is good', () => {
    const again: Line = { ...line, yardstick: { what: 'first', value: 200, ratio: 'ours ÷ it' }, bar: { atMost: 0.6 } };
    expect(verdictOf({ ...again, ours: 120 })).toBe('met');
    expect(verdictOf({ ...again, ours: 121 })).toBe('missed');
  });

  it('judges our own figure where there is no yardstick', () => {
    const memory: Line = { goal: 16, what: 'gateway, idle', ours: 161, unit: 'MB', bar: { atMost: 160 } };
    expect(verdictOf(memory)).toBe('missed');
    expect(verdictOf({ ...memory, ours: 160 })).toBe('met');
  });

  it('cannot be missed without a bar', () => {
    const { bar: _, ...informative } = line;
    expect(verdictOf({ ...informative, ours: 115 })).toBe('–');
  });
});

describe('The table', () => {
  it('shows each figure with its unit and its limits', () => {
    const [, , row] = tableOf([line]).split('\n');
    expect(row?.split(/ {2,}/)).toEqual(['1', 'a day', '100 ms', 'P 800 ms', 'it ÷ ours = 8', '≥ 7', '≥ 10', 'met']);
  });
});

describe('The median', () => {
  it('is the middle, not the mean', () => expect(median([9, 1, 2])).toBe(2));
  it('lies between the two in the middle of an even number', () => expect(median([1, 2, 4, 100])).toBe(3));
});

it('takes turns when it interleaves', async () => {
  const order: string[] = [];
  const work = (name: string, ms: number) => () => {
    order.push(name);
    return Promise.resolve(ms);
  };
  expect(await interleaved(2, { ours: work('ours', 1), theirs: work('theirs', 5) })).toEqual({ ours: 1, theirs: 5 });
  expect(order).toEqual(['ours', 'theirs', 'ours', 'theirs']);
});
