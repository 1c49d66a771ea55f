import { describe, expect, it } from '@jest/globals';
import { type PeriodComparison } from './compare-period.js';
import { describeDifferences } from './describe-differences.js';

const figures = { records: 1, curtailedMwh: '1.000000', paymentGbp: '1.00' };
const comparison: PeriodComparison = {
  outcome: 'differs',
  stored: figures,
  source: figures,
  rows: { missing: 0, surplus: 0, changedVolume: 0, changedPrice: 0, changedOther: 0 },
  farmIds: [],
  ledgerAgrees: true,
};

describe('the differences of a period', () => {
  it('are none when it is the same', () => {
    expect(describeDifferences({ ...comparison, outcome: 'same' })).toBeNull();
  });

  it('are that there is nothing stored', () => {
    const rows = { ...comparison.rows, missing: 3 };
    expect(describeDifferences({ ...comparison, stored: null, rows })).toBe('The period was never stored.');
  });

  it('are counted by their kind, with the farms concerned', () => {
    const rows = { missing: 1, surplus: 2, changedVolume: 3, changedPrice: 4, changedOther: 5 };
    expect(describeDifferences({ ...comparison, rows, farmIds: ['T_A-1', 'T_B-1'] })).toBe(
      '1 row missing, 2 rows surplus, 3 rows of another volume, 4 rows of another price, 5 rows otherwise changed: T_A-1, T_B-1.',
    );
  });

  it('name five farms at most', () => {
    const farmIds = ['T_A-1', 'T_B-1', 'T_C-1', 'T_D-1', 'T_E-1', 'T_F-1', 'T_G-1'];
    const rows = { ...comparison.rows, missing: 7 };
    expect(describeDifferences({ ...comparison, rows, farmIds })).toBe(
      '7 rows missing: T_A-1, T_B-1, T_C-1, T_D-1, T_E-1 and 2 more.',
    );
  });

  it('may be in the ledger alone, or there too', () => {
    const ledger = 'The stored rows are not those that were ingested.';
    expect(describeDifferences({ ...comparison, ledgerAgrees: false })).toBe(ledger);
    const rows = { ...comparison.rows, surplus: 1 };
    expect(describeDifferences({ ...comparison, rows, farmIds: ['T_A-1'], ledgerAgrees: false })).toBe(
      `1 row surplus: T_A-1. ${ledger}`,
    );
  });
});
