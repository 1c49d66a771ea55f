import { describe, expect, it } from '@jest/globals';
import { Big } from 'big.js';
import fc from 'fast-check';
import { selectCurtailed, type StackRow } from './select-curtailed.js';
import { sumCurtailed } from './sum-curtailed.js';

const windUnits = new Map([
  ['T_VKNGW-1', { leadParty: 'SSE Generation Ltd' }],
  ['T_SGRWO-1', { leadParty: null }],
]);

/** A curtailed row of a wind farm; each test changes what it is about. */
function row(changes: Partial<StackRow> = {}): StackRow {
  return {
    settlementDate: '2025-05-26',
    settlementPeriod: 12,
    startTime: '2025-05-26T04:30:00Z',
    createdDateTime: '2025-05-27T05:14:32Z',
    sequenceNumber: 1,
    id: 'T_VKNGW-1',
    acceptanceId: 49242,
    bidOfferPairId: -1,
    cadlFlag: false,
    soFlag: true,
    originalPrice: -64.2,
    volume: -12.5,
    ...changes,
  };
}

const select = (...rows: StackRow[]) => selectCurtailed(rows, windUnits);

describe('selectCurtailed', () => {
  it('keeps of a curtailed row what is stored, with the digits of the source', () => {
    expect(select(row({ volume: -0.004166666666666667, originalPrice: 1e-7, cadlFlag: null }))).toEqual({
      records: [
        {
          settlementDate: '2025-05-26',
          settlementPeriod: 12,
          side: 'bid',
          farmId: 'T_VKNGW-1',
          leadParty: 'SSE Generation Ltd',
          acceptanceId: 49242,
          bidOfferPairId: -1,
          runningNumber: 0,
          volumeMwh: '-0.004166666666666667',
          originalPriceGbpPerMwh: '0.0000001',
          soFlag: true,
          cadlFlag: null,
          sourceCreatedAt: '2025-05-27T05:14:32Z',
        },
      ],
      uncountedUnitIds: [],
    });
  });

  it.each<[string, Partial<StackRow>]>([
    ['is not SO-flagged', { soFlag: false }],
    ['is short but not SO-flagged', { soFlag: false, cadlFlag: true }],
    ['restores output', { volume: 12.5 }],
    ['moves nothing', { volume: 0 }],
    ['moves nothing, written as negative', { volume: -0 }],
    ['names no unit', { id: null }],
  ])('does not count a row that %s', (_, changes) => {
    expect(select(row(changes))).toEqual({ records: [], uncountedUnitIds: [] });
  });

  it('counts short acceptances and those with a sentinel price', () => {
    const { records } = select(row({ cadlFlag: true }), row({ acceptanceId: 49243, originalPrice: -99999 }));
    expect(records).toHaveLength(2);
  });

  it('names the flagged units that are not wind farms, each once and sorted', () => {
    const { records, uncountedUnitIds } = select(
      row({ id: 'T_STAY-2' }),
      row({ id: 'E_LITRB-1' }),
      row({ id: 'E_LITRB-1', acceptanceId: 2 }),
      row({ id: 'T_DRAXX-1', soFlag: false }),
      row({ id: 'T_DRAXX-2', volume: 3 }),
    );
    expect(records).toEqual([]);
    expect(uncountedUnitIds).toEqual(['E_LITRB-1', 'T_STAY-2']);
  });

  it('does not take the number of an adjustment row for a unit', () => {
    const adjustment = row({ id: '17', acceptanceId: null, bidOfferPairId: null });
    expect(select(adjustment).uncountedUnitIds).toEqual([]);
  });

  it('keeps every acceptance and pair of a farm', () => {
    const { records } = select(
      row(),
      row({ bidOfferPairId: -2 }),
      row({ acceptanceId: 49243 }),
      row({ id: 'T_SGRWO-1' }),
      row({ settlementPeriod: 13 }),
    );
    expect(records).toHaveLength(5);
    expect(new Set(records.map(({ runningNumber }) => runningNumber))).toEqual(new Set([0]));
  });

  it('stores the same row once', () => {
    expect(select(row(), row(), row()).records).toHaveLength(1);
  });

  it.each<[string, Partial<StackRow>]>([
    ['volume', { volume: -12.6 }],
    ['price', { originalPrice: -64.3 }],
    ['short-acceptance flag', { cadlFlag: true }],
    ['time of calculation', { createdDateTime: '2025-05-26T05:18:00Z' }],
  ])('fails on two rows of one acceptance and pair that differ in %s', (_, changes) => {
    expect(() => select(row(), row(changes))).toThrow(
      expect.objectContaining({
        code: 'conflicting-rows',
        message: expect.stringMatching(/T_VKNGW-1.*2025-05-26 period 12/),
        details: {
          settlementDate: '2025-05-26',
          settlementPeriod: 12,
          farmId: 'T_VKNGW-1',
          acceptanceId: 49242,
          bidOfferPairId: -1,
        },
      }),
    );
  });

  it('never turns a missing price into a payment of zero', () => {
    expect(() => select(row({ originalPrice: null }))).toThrow(
      expect.objectContaining({
        code: 'missing-price',
        message: expect.stringMatching(/T_VKNGW-1 on 2025-05-26 period 12/),
      }),
    );
    // A row that does not count may lack it.
    expect(select(row({ originalPrice: null, soFlag: false })).records).toEqual([]);
  });

  it('never leaves out energy whose SO-flag is unknown', () => {
    expect(() => select(row({ soFlag: null }))).toThrow(
      expect.objectContaining({
        code: 'missing-flag',
        message: expect.stringMatching(/T_VKNGW-1 on 2025-05-26 period 12/),
      }),
    );
    // Of a unit that is no wind farm, it matters to nobody.
    expect(select(row({ soFlag: null, id: 'T_BATT-1' })).uncountedUnitIds).toEqual([]);
  });

  describe('for rows without an acceptance', () => {
    const bare = (changes: Partial<StackRow>) => row({ acceptanceId: null, ...changes });

    it('numbers them within farm and pair in the order of the stack', () => {
      const { records } = select(
        bare({ sequenceNumber: 9, volume: -9 }),
        bare({ sequenceNumber: 10, volume: -10 }),
        bare({ sequenceNumber: 2, volume: -2 }),
        bare({ sequenceNumber: 3, volume: -3, bidOfferPairId: null }),
        bare({ sequenceNumber: 4, volume: -4, id: 'T_SGRWO-1' }),
        row({ sequenceNumber: 1, volume: -1 }),
      );
      expect(records.map((r) => [r.farmId, r.acceptanceId, r.bidOfferPairId, r.runningNumber, r.volumeMwh])).toEqual([
        ['T_SGRWO-1', null, -1, 1, '-4'],
        ['T_VKNGW-1', null, -1, 1, '-2'],
        ['T_VKNGW-1', null, -1, 2, '-9'],
        ['T_VKNGW-1', null, -1, 3, '-10'],
        ['T_VKNGW-1', null, null, 1, '-3'],
        ['T_VKNGW-1', 49242, -1, 0, '-1'],
      ]);
    });

    it('keeps equal ones in different places of the stack, and one in the same place once', () => {
      const twice = select(bare({ sequenceNumber: 1 }), bare({ sequenceNumber: 2 }));
      expect(twice.records.map(({ runningNumber }) => runningNumber)).toEqual([1, 2]);
      expect(select(bare({}), bare({})).records).toHaveLength(1);
    });

    it('fails on different ones in the same place', () => {
      expect(() => select(bare({}), bare({ volume: -1 }))).toThrow(
        expect.objectContaining({ code: 'conflicting-rows' }),
      );
    });
  });

  // Distinct acceptances, so that no two rows share a key.
  const manyRows = fc
    .array(
      fc.record({
        id: fc.constantFrom('T_VKNGW-1', 'T_SGRWO-1', 'E_LITRB-1', null),
        settlementPeriod: fc.integer({ min: 1, max: 48 }),
        soFlag: fc.constantFrom(true, true, false),
        unscaledVolume: fc.integer({ min: -200_000, max: 50_000 }),
        accepted: fc.boolean(),
      }),
      { maxLength: 30 },
    )
    .map((drawn) =>
      drawn.map(({ unscaledVolume, accepted, ...fields }, index) =>
        row({
          ...fields,
          sequenceNumber: index,
          acceptanceId: accepted ? index + 1 : null,
          volume: unscaledVolume / 1000,
        }),
      ),
    );

  it('selects the energy of each part, whatever the parts', () => {
    fc.assert(
      fc.property(manyRows, fc.nat({ max: 30 }), (rows, cut) => {
        const energyOf = (part: StackRow[]) => sumCurtailed(select(...part).records).curtailedMwh;
        const parts = Big(energyOf(rows.slice(0, cut))).plus(energyOf(rows.slice(cut)));
        expect(energyOf(rows)).toBe(parts.toFixed());
      }),
    );
  });

  it('does not depend on the order of the rows', () => {
    const withShuffled = manyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(fc.property(withShuffled, ([rows, shuffled]) => expect(select(...shuffled)).toEqual(select(...rows))));
  });
});
