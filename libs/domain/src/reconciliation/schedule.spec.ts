import { describe, expect, it } from '@jest/globals';
import { latestDue } from './schedule.js';

const nightly = { weekday: null, hour: 2 };
const sundays = { weekday: 7, hour: 1 };

describe('the latest run that is due', () => {
  it('is the one of today once its hour has come, else that of the day before', () => {
    expect(latestDue(nightly, '2025-07-02T00:59:59Z')).toEqual({ date: '2025-07-01', dueAt: '2025-07-01T01:00:00Z' });
    expect(latestDue(nightly, '2025-07-02T01:00:00Z')).toEqual({ date: '2025-07-02', dueAt: '2025-07-02T01:00:00Z' });
    expect(latestDue(nightly, '2025-12-02T02:00:00Z')).toEqual({ date: '2025-12-02', dueAt: '2025-12-02T02:00:00Z' });
  });

  it('of a week that was missed is its last', () => {
    // 2025-06-01 and 2025-06-08 were Sundays.
    expect(latestDue(sundays, '2025-06-07T23:59:59Z')).toEqual({ date: '2025-06-01', dueAt: '2025-06-01T00:00:00Z' });
    expect(latestDue(sundays, '2025-06-20T12:00:00Z')).toEqual({ date: '2025-06-15', dueAt: '2025-06-15T00:00:00Z' });
  });

  it('is one run when its hour comes twice', () => {
    // Clocks went from 02:00 to 01:00 local at 2025-10-26T01:00Z, a Sunday: 01:00 was at 00:00Z and at 01:00Z.
    const due = { date: '2025-10-26', dueAt: '2025-10-26T00:00:00Z' };
    expect(latestDue(sundays, '2025-10-26T00:00:00Z')).toEqual(due);
    expect(latestDue(sundays, '2025-10-26T01:00:00Z')).toEqual(due);
    expect(latestDue(sundays, '2025-10-26T01:59:00Z')).toEqual(due);
  });

  it('comes although its hour is skipped', () => {
    // Clocks went from 01:00 to 02:00 local at 2025-03-30T01:00Z, a Sunday: there was no 01:00.
    expect(latestDue(sundays, '2025-03-30T00:59:59Z').date).toBe('2025-03-23');
    expect(latestDue(sundays, '2025-03-30T01:00:00Z')).toEqual({ date: '2025-03-30', dueAt: '2025-03-30T01:00:00Z' });
  });
});
