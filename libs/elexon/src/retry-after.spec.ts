import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from './retry-after.js';

// The dates are the examples of RFC 9110 section 5.6.7; they are 784111777 seconds after 1970.
const thirtySecondsBefore = 784111777_000 - 30_000;

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 30_000],
  ])('reads %j', (header, expected) => {
    expect(retryAfterMs(header, thirtySecondsBefore)).toBe(expected);
  });

  it('asks for no wait when its date has passed', () => {
    expect(retryAfterMs('Sun, 06 Nov 1994 08:49:37 GMT', 784111777_000 + 5)).toBe(0);
  });

  it.each(['', 'soon', '-1', '1.5', '2026-05-06', 'Sunday'])('says nothing when it is %j', (header) => {
    expect(retryAfterMs(header, thirtySecondsBefore)).toBeNull();
  });
});
