import { describe, expect, it } from '@jest/globals';
import { type AnyRequest, asksForOneDate } from './job-steps.js';

const [one, other] = ['2025-05-26', '2025-05-27'];

describe('a request', () => {
  it.each<AnyRequest>([
    { kind: 'date', date: one },
    { kind: 'spot-fix', date: one, period: 3, farmId: 'T_VKNGW-1' },
    { kind: 'verify', date: one },
    { kind: 'range', from: one, to: one },
    { kind: 'calculate', from: one },
    { kind: 'summarize', from: one },
    { kind: 'most-critical' },
  ])('is about one date: %j', (request) => {
    expect(asksForOneDate(request)).toBe(true);
  });

  it.each<AnyRequest>([
    { kind: 'range', from: one, to: other },
    { kind: 'calculate', from: one, to: other },
    { kind: 'summarize', month: '2025-05' },
    { kind: 'ingest-month', month: '2025-05', from: one, to: one },
    { kind: 'reconcile' },
    { kind: 'daily-check', days: 1 },
    { kind: 'difficulty-mismatch', apply: true },
  ])('is about as many dates as there are: %j', (request) => {
    expect(asksForOneDate(request)).toBe(false);
  });
});
