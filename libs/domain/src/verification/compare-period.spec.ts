import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contentHash, type CurtailmentRecord } from '../curtailment/curtailment-record.js';
import { comparePeriod } from './compare-period.js';

const NONE = { missing: 0, surplus: 0, changedVolume: 0, changedPrice: 0, changedOther: 0 };

const record = (changes: Partial<CurtailmentRecord> = {}): CurtailmentRecord => ({
  settlementDate: '2025-05-26',
  settlementPeriod: 12,
  side: 'bid',
  farmId: 'T_VKNGW-1',
  leadParty: 'SSE Generation Ltd',
  acceptanceId: 49242,
  bidOfferPairId: -1,
  runningNumber: 0,
  volumeMwh: '-12.5',
  originalPriceGbpPerMwh: '-64.2',
  soFlag: true,
  cadlFlag: false,
  sourceCreatedAt: '2025-05-27T05:14:32Z',
  ...changes,
});
const other = record({ farmId: 'T_SGRWO-1', acceptanceId: 7, volumeMwh: '-3', originalPriceGbpPerMwh: '5' });
/** As ingestion leaves it: the ledger tells of the rows. */
const stored = (...records: CurtailmentRecord[]) => ({ records, contentHash: contentHash(records) });

describe('a stored period beside the source', () => {
  it('is the same when the rows are, in any order and spelling and of any calculation run', () => {
    const respelt = record({ volumeMwh: '-1.250e1', originalPriceGbpPerMwh: '-64.20', sourceCreatedAt: null });
    expect(comparePeriod(stored(record(), other), [other, respelt])).toEqual({
      outcome: 'same',
      // 12.5 + 3 MWh; −64.2 × −12.5 + 5 × −3 = 787.5 GBP.
      stored: { records: 2, curtailedMwh: '15.500000', paymentGbp: '787.50' },
      source: { records: 2, curtailedMwh: '15.500000', paymentGbp: '787.50' },
      rows: NONE,
      farmIds: [],
      ledgerAgrees: true,
    });
  });

  it('is the same when it is empty here and there', () => {
    const nothing = { records: 0, curtailedMwh: '0.000000', paymentGbp: '0.00' };
    expect(comparePeriod(stored(), [])).toMatchObject({ outcome: 'same', stored: nothing, source: nothing });
  });

  it('differs when nothing was ever stored of it, also when the source has nothing', () => {
    const never = { records: [], contentHash: null };
    expect(comparePeriod(never, [])).toMatchObject({
      outcome: 'differs',
      stored: null,
      rows: NONE,
      ledgerAgrees: true,
    });
    expect(comparePeriod(never, [record()])).toMatchObject({ outcome: 'differs', stored: null, rows: { missing: 1 } });
  });

  it.each<[string, CurtailmentRecord[], CurtailmentRecord[], Partial<typeof NONE>]>([
    ['a row is missing', [other], [record(), other], { missing: 1 }],
    ['a row is surplus', [record(), other], [other], { surplus: 1 }],
    ['a volume has changed', [record()], [record({ volumeMwh: '-12.500000001' })], { changedVolume: 1 }],
    ['a price has changed', [record()], [record({ originalPriceGbpPerMwh: '64.2' })], { changedPrice: 1 }],
    [
      'volume and price have changed',
      [record()],
      [record({ volumeMwh: '-1', originalPriceGbpPerMwh: '1' })],
      { changedVolume: 1 },
    ],
    ['the lead party has changed', [record()], [record({ leadParty: null })], { changedOther: 1 }],
    ['the short-acceptance flag has changed', [record()], [record({ cadlFlag: null })], { changedOther: 1 }],
    ['it is empty and the source is not', [], [record(), other], { missing: 2 }],
    ['it is not empty and the source is', [record(), other], [], { surplus: 2 }],
    ['a row has another pair', [record()], [record({ bidOfferPairId: -2 })], { missing: 1, surplus: 1 }],
  ])('differs when %s', (_, here, there, rows) => {
    const comparison = comparePeriod(stored(...here), there);
    expect(comparison).toMatchObject({ outcome: 'differs', rows: { ...NONE, ...rows }, ledgerAgrees: true });
    expect(comparison.farmIds).toContain('T_VKNGW-1');
  });

  it('differs when a row was changed behind the back of the ledger, whose digest is still that of the source', () => {
    const before = stored(record(), other);
    const tampered = { ...before, records: [record({ volumeMwh: '-11' }), other] };
    expect(comparePeriod(tampered, [record(), other])).toMatchObject({
      outcome: 'differs',
      rows: { changedVolume: 1 },
      farmIds: ['T_VKNGW-1'],
      ledgerAgrees: false,
    });
  });

  it('differs when the ledger no longer tells of its rows, although they are those of the source', () => {
    const altered = { records: [record()], contentHash: contentHash([other]) };
    expect(comparePeriod(altered, [record()])).toMatchObject({ outcome: 'differs', rows: NONE, ledgerAgrees: false });
    expect(comparePeriod({ records: [record()], contentHash: null }, [record()])).toMatchObject({ outcome: 'differs' });
  });

  it('is the same exactly when the digests are', () => {
    const records = fc.uniqueArray(
      fc.record({
        acceptanceId: fc.integer({ min: 1, max: 4 }),
        volumeMwh: fc.constantFrom('-1', '-1.0', '-2'),
        originalPriceGbpPerMwh: fc.constantFrom('0', '-0', '3'),
        cadlFlag: fc.constantFrom(true, false, null),
      }),
      { selector: ({ acceptanceId }) => acceptanceId, maxLength: 3 },
    );
    fc.assert(
      fc.property(records, records, (one, another) => {
        const [here, there] = [one.map(record), another.map(record)];
        const { outcome, rows, farmIds } = comparePeriod(stored(...here), there);
        expect(outcome).toBe(contentHash(here) === contentHash(there) ? 'same' : 'differs');
        expect(farmIds.length > 0).toBe(Object.values(rows).some((count) => count > 0));
        // Of all rows that are here, each is at the source or surplus; and the reverse.
        expect(here.length - rows.surplus).toBe(there.length - rows.missing);
      }),
    );
  });
});
