import { describe, expect, it } from '@jest/globals';
import { describeDay } from './daily-summary.js';

const day = {
  settlementDate: '2025-05-26',
  periodsExpected: 48,
  periodsLoaded: 48,
  records: 4300,
  combinations: 2200,
  curtailedMwh: 75000.906,
  paymentGbp: 2310456.1,
  potentialBtc: { S19J_PRO: '58.12345678', S9: '19.00000000' },
  state: 'complete',
};

describe('the line of a day', () => {
  it('has the form that is promised to whoever reads it', () => {
    expect(describeDay(day)).toBe(
      '2025-05-26  48/48 periods  4300 records  2200 combinations  75000.906 MWh  GBP 2310456.10  ' +
        'S19J_PRO 58.12345678 BTC  S9 19.00000000 BTC  complete',
    );
  });

  it('shows what is not known as unknown and what is nothing as 0', () => {
    const blocked = { ...day, curtailedMwh: 0, paymentGbp: null, potentialBtc: { S9: null }, state: 'blocked' };
    expect(describeDay(blocked)).toBe(
      '2025-05-26  48/48 periods  4300 records  2200 combinations  0 MWh  GBP ?  S9 ? BTC  blocked',
    );
  });
});
