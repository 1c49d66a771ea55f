import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { canonicalDecimal, roundDecimal } from './decimal.js';

describe('roundDecimal', () => {
  it.each([
    ['0.125', 2, '0.13'],
    ['-0.125', 2, '-0.13'],
    ['0.1249999999999999999999', 2, '0.12'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['1e-7', 6, '0.000000'],
    ['-1e-7', 6, '0.000000'],
    ['-0', 2, '0.00'],
    ['5e-7', 6, '0.000001'],
    ['74979.8', 6, '74979.800000'],
    // A float would hold 1.005 as 1.00499999999999989…
    ['1.005', 2, '1.01'],
    // Day of 2025-05-26, S19j Pro, of the independent computation in ../shared/data/expected
    ['52.929137584003649223707269', 8, '52.92913758'],
  ])('rounds %s to %i places: %s', (text, places, expected) => {
    expect(roundDecimal(text, places)).toBe(expected);
  });

  it('agrees with whole-number arithmetic, half away from zero', () => {
    const unscaled = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(unscaled, (value) => {
        const size = value < 0n ? -value : value;
        const rounded = (size + 5n * 10n ** 11n) / 10n ** 12n; // 20 places to 8
        const expected = value < 0n ? -rounded : rounded;
        expect(roundDecimal(`${value.toString()}e-20`, 8).replace('.', '')).toMatch(/^-?\d{9,}$/);
        expect(BigInt(roundDecimal(`${value.toString()}e-20`, 8).replace('.', ''))).toBe(expected);
      }),
    );
  });

  it('rounds only decimals', () => {
    expect(() => roundDecimal('', 2)).toThrow();
    expect(() => roundDecimal('NaN', 2)).toThrow();
  });
});

describe('canonicalDecimal', () => {
  it.each([
    ['1.0', '1'],
    ['1', '1'],
    ['1e0', '1'],
    ['1e-7', '0.0000001'],
    ['-31.10', '-31.1'],
    ['-0', '0'],
    ['0.00', '0'],
    ['1e21', '1000000000000000000000'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalDecimal(text)).toBe(expected);
  });

  it('is what big.js writes, however the number is written', () => {
    const written = fc.stringMatching(/^-?[0-9]{1,4}(\.[0-9]{1,4})?$/);
    fc.assert(fc.property(written, (text) => expect(canonicalDecimal(text)).toBe(Big(text).toFixed())));
  });
});
