import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentHash, type CurtailmentRecord } from './curtailment-record.js';

const record: CurtailmentRecord = {
  settlementDate: '2025-05-26',
  settlementPeriod: 12,
  side: 'bid',
  farmId: 'T_VKNGW-1',
  leadParty: 'SSE Generation Ltd',
  acceptanceId: 49242,
  bidOfferPairId: -1,
  runningNumber: 0,
  volumeMwh: '-12.5',
  originalPriceGbpPerMwh: '-64',
  soFlag: true,
  cadlFlag: false,
  sourceCreatedAt: '2025-05-27T05:14:32Z',
};

describe('contentHash', () => {
  it('is the sha256 of nothing where there is no record', () => {
    expect(contentHash([])).toBe(createHash('sha256').digest('hex'));
  });

  it('does not depend on the order of the records', () => {
    const records = Array.from({ length: 12 }, (_, index) => ({ ...record, acceptanceId: index + 1 }));
    const hash = contentHash(records);
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(contentHash(shuffled)).toBe(hash);
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on how a number is written', () => {
    const rewritten = { ...record, volumeMwh: '-1.250e1', originalPriceGbpPerMwh: '-64.0' };
    expect(contentHash([rewritten])).toBe(contentHash([record]));
    expect(contentHash([{ ...record, volumeMwh: '-1e-7' }])).toBe(
      contentHash([{ ...record, volumeMwh: '-0.0000001' }]),
    );
  });

  it('does not depend on when the source calculated the version, nor on the order of the fields', () => {
    expect(contentHash([{ ...record, sourceCreatedAt: null }])).toBe(contentHash([record]));
    const reversed = Object.fromEntries(Object.entries(record).reverse()) as unknown as CurtailmentRecord;
    expect(contentHash([reversed])).toBe(contentHash([record]));
  });

  it.each<[keyof CurtailmentRecord, Partial<CurtailmentRecord>]>([
    ['settlementDate', { settlementDate: '2025-05-27' }],
    ['settlementPeriod', { settlementPeriod: 13 }],
    ['farmId', { farmId: 'T_VKNGW-2' }],
    ['leadParty', { leadParty: null }],
    ['acceptanceId', { acceptanceId: null }],
    ['bidOfferPairId', { bidOfferPairId: -2 }],
    ['runningNumber', { runningNumber: 1 }],
    ['volumeMwh', { volumeMwh: '-12.500000001' }],
    ['originalPriceGbpPerMwh', { originalPriceGbpPerMwh: '64' }],
    ['soFlag', { soFlag: false }],
    ['cadlFlag', { cadlFlag: null }],
  ])('changes with %s', (_, changes) => {
    expect(contentHash([{ ...record, ...changes }])).not.toBe(contentHash([record]));
  });

  it('changes with a record more', () => {
    expect(contentHash([record, { ...record, acceptanceId: 1 }])).not.toBe(contentHash([record]));
  });
});
