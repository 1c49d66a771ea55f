import { describe, expect, it } from '@jest/globals';
import { failureOf } from './failure-of.js';

const problem = {
  type: 'urn:windfall:problem:invalid-request',
  title: 'Invalid request',
  status: 400,
  detail: 'The request has a fault.',
  instance: '/api/reconciliation/jobs',
  code: 'invalid-request',
  requestId: 'r1',
};

describe('a refusal of the gateway', () => {
  it('names each field at fault and what it may be', () => {
    const errors = [
      { field: 'date', detail: '"today" is not a settlement date.', allowed: 'YYYY-MM-DD' },
      { field: 'speed', detail: 'It is unknown.', allowed: null },
    ];
    expect(failureOf({ status: 400, url: '' }, { ...problem, errors }).message).toBe(
      [
        'Invalid request: The request has a fault.',
        '  date: "today" is not a settlement date. Allowed: YYYY-MM-DD',
        '  speed: It is unknown.',
      ].join('\n'),
    );
  });

  it('names who holds the date', () => {
    const holder = { jobId: 'j1', kind: 'range', settlementDate: '2025-05-26', sinceAt: '2025-06-01T08:00:00Z' };
    const { message, exitCode } = failureOf({ status: 409, url: '' }, { ...problem, holder });
    expect(message).toContain('2025-05-26 is held by the range job j1 since 2025-06-01T08:00:00Z.');
    expect(message).toContain('--queue');
    expect(exitCode).toBe(1);
  });

  it.each([
    [400, 2],
    [401, 3],
    [403, 3],
    [404, 2],
    [409, 1],
    [422, 2],
    [429, 3],
    [500, 1],
    [503, 3],
  ])('of status %i ends with exit code %i', (status, exitCode) => {
    expect(failureOf({ status, url: '' }, { ...problem, status })).toMatchObject({ exitCode, detail: { status } });
  });

  it('without problem details is that of something else than a gateway', () => {
    const failure = failureOf({ status: 502, url: 'http://proxy/api' }, '<html>');
    expect([failure.exitCode, failure.message]).toEqual([3, 'http://proxy/api answered HTTP 502, without saying why.']);
  });
});
