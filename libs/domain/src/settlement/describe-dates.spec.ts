import { describe, expect, it } from '@jest/globals';
import { describeDates } from './describe-dates.js';

describe('describeDates', () => {
  it.each([
    [[], ''],
    [['2025-06-01'], '2025-06-01'],
    [['2025-06-03', '2025-06-01', '2025-06-02', '2025-06-07'], '2025-06-01 to 2025-06-03, 2025-06-07'],
    [['2025-03-29', '2025-03-30', '2025-03-31', '2025-04-01', '2025-03-30'], '2025-03-29 to 2025-04-01'],
    [['2025-12-31', '2026-01-02'], '2025-12-31, 2026-01-02'],
  ])('writes %j as %j', (dates, text) => {
    expect(describeDates(dates)).toBe(text);
  });
});
