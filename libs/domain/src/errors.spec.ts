import { describe, expect, it } from '@jest/globals';
import { WindfallError } from './errors.js';

describe('WindfallError', () => {
  it('carries its code, sentence, cause and details', () => {
    const cause = new Error('socket hang up');
    const error = new WindfallError('source-unavailable', 'Elexon did not answer for 2025-05-26 period 3; try later.', {
      cause,
      details: { settlementDate: '2025-05-26', settlementPeriod: 3 },
    });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'WindfallError',
      code: 'source-unavailable',
      message: 'Elexon did not answer for 2025-05-26 period 3; try later.',
      cause,
      details: { settlementDate: '2025-05-26', settlementPeriod: 3 },
    });
  });

  it('knows what may succeed when tried again', () => {
    expect(new WindfallError('source-unavailable', '').retryable).toBe(true);
    expect(new WindfallError('rate-limited', '').retryable).toBe(true);
    expect(new WindfallError('superseded', '').retryable).toBe(true);
    expect(new WindfallError('malformed-settlement-date', '').retryable).toBe(false);
  });
});
