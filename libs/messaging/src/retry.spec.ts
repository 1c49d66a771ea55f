import { WindfallError } from '@app/domain';
import { describe, expect, it } from '@jest/globals';
import { causeOf, isLasting, MAX_ATTEMPTS, retryAfterMs } from './retry.js';

describe('retrying', () => {
  it('waits twice as long each time, up to a minute', () => {
    const longest = Array.from({ length: 9 }, (_, index) => retryAfterMs(index + 1, 1));
    expect(longest).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('leaves out up to half of it at random', () => {
    expect(retryAfterMs(3, 0)).toBe(1_000);
    expect(retryAfterMs(3, 0.5)).toBe(1_500);
  });

  it('goes on for longer than a minute without a store, even when every random half is left out', () => {
    const delays = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, index) => retryAfterMs(index + 1, 0));
    expect(delays.reduce((sum, delay) => sum + delay)).toBeGreaterThan(60_000);
  });

  it('believes an error that says it will last, and no other', () => {
    expect(isLasting(new WindfallError('unknown-miner-model', 'No such model.'))).toBe(true);
    expect(isLasting(new WindfallError('unavailable', 'Later.'))).toBe(false);
    expect(isLasting(new Error('connect ECONNREFUSED'))).toBe(false);
    expect(isLasting('text')).toBe(false);
  });

  it('names the cause by the code of the error, or else by its kind', () => {
    expect(causeOf(new WindfallError('unavailable', 'Later.'))).toEqual({ code: 'unavailable', message: 'Later.' });
    expect(causeOf(new TypeError('x is not a function'))).toEqual({
      code: 'TypeError',
      message: 'x is not a function',
    });
    expect(causeOf('text')).toEqual({ code: 'unknown', message: 'text' });
  });
});
