import { describe, expect, it } from '@jest/globals';
import type { CurtailmentRecord } from './curtailment-record.js';
import { sumCurtailed } from './sum-curtailed.js';

const record = (volumeMwh: string, originalPriceGbpPerMwh: string, changes: Partial<CurtailmentRecord> = {}) => ({
  settlementDate: '2025-05-26',
  settlementPeriod: 12,
  side: 'bid' as const,
  farmId: 'T_VKNGW-1',
  leadParty: null,
  acceptanceId: 1,
  bidOfferPairId: -1,
  runningNumber: 0,
  volumeMwh,
  originalPriceGbpPerMwh,
  soFlag: true,
  cadlFlag: false,
  sourceCreatedAt: null,
  ...changes,
});

describe('sumCurtailed', () => {
  it('adds nothing up to zero', () => {
    expect(sumCurtailed([])).toEqual({
      recordCount: 0,
      combinationCount: 0,
      curtailedMwh: '0',
      paymentGbp: '0',
      absolutePaymentGbp: '0',
    });
  });

  it('keeps the sign of a payment, and its size apart', () => {
    // −10 MWh × −70 GBP/MWh: 700 paid to the farm. −4 MWh × 20 GBP/MWh: the farm pays 80.
    expect(sumCurtailed([record('-10', '-70'), record('-4', '20', { acceptanceId: 2 })])).toEqual({
      recordCount: 2,
      combinationCount: 1,
      curtailedMwh: '14',
      paymentGbp: '620',
      absolutePaymentGbp: '780',
    });
  });

  it('is exact where floats are not', () => {
    // 0.1 + 0.2 is 0.30000000000000004 in floats; 0.1 × 0.1 + 0.2 × 0.1 = 0.03.
    const sums = sumCurtailed([record('-0.1', '-0.1'), record('-0.2', '-0.1', { acceptanceId: 2 })]);
    expect(sums).toMatchObject({ curtailedMwh: '0.3', paymentGbp: '0.03' });
    expect(sumCurtailed([record('-1e-7', '-1')]).curtailedMwh).toBe('0.0000001');
  });

  it('counts each farm once a period', () => {
    const { recordCount, combinationCount } = sumCurtailed([
      record('-1', '-1'),
      record('-1', '-1', { acceptanceId: 2 }),
      record('-1', '-1', { farmId: 'T_VKNGW-2' }),
      record('-1', '-1', { settlementPeriod: 13 }),
      record('-1', '-1', { settlementDate: '2025-05-27' }),
    ]);
    expect([recordCount, combinationCount]).toEqual([5, 4]);
  });
});
