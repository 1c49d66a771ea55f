import { describe, expect, it } from '@jest/globals';
import { datesOfYear } from '../settlement/settlement-date.js';
import { datesToVerify } from './dates-to-verify.js';

const dates = datesOfYear(2025);

describe('the dates of the weekly verification', () => {
  it('are five different ones of the past, the same in every run of the week and others in the next', () => {
    const drawn = datesToVerify('2025-06-11', dates);
    expect(new Set(drawn).size).toBe(5);
    expect(drawn.every((date) => date < '2025-06-11')).toBe(true);
    expect(datesToVerify('2025-06-11', dates)).toEqual(drawn);
    expect(datesToVerify('2025-06-18', dates)).not.toEqual(drawn);
  });

  it('do not change by a date that is not past yet', () => {
    const known = dates.filter((date) => date < '2025-06-11');
    expect(datesToVerify('2025-06-11', known)).toEqual(datesToVerify('2025-06-11', dates));
  });

  it('are all there are where there are fewer', () => {
    expect(datesToVerify('2025-01-04', dates)).toEqual(['2025-01-01', '2025-01-02', '2025-01-03']);
  });
});
