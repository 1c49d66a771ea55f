import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalText } from './decimal-text.js';

describe('the decimal text of a JSON number', () => {
  it.each([
    [-0.004166666666666667, '-0.004166666666666667'],
    [-12.5, '-12.5'],
    [12.0, '12'],
    [-0, '0'],
    [1e-7, '0.0000001'],
    [-2.5e-9, '-0.0000000025'],
    [1e21, '1000000000000000000000'],
  ])('of %p is %s', (value, expected) => {
    expect(decimalText(value)).toBe(expected);
  });

  it('has no exponent and reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = decimalText(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text) + 0).toBe(value + 0);
      }),
    );
  });
});
