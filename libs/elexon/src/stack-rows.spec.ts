import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SourceError } from './source-error.js';
import { soundRowCheck, sourceStackRow, stackRows } from './stack-rows.js';

const asked = { path: '/', endpoint: 'settlement stack (bid)', settlementDate: '2026-07-10', settlementPeriod: 20 };

/** A verbatim row of the API, of a battery (docs/data-sources.md 12), cut to the fields that we use. */
const row = {
  settlementDate: '2026-07-10',
  settlementPeriod: 20,
  startTime: '2026-07-10T08:30:00Z',
  createdDateTime: '2026-07-11T09:14:32Z',
  sequenceNumber: 1,
  id: 'E_LITRB-1',
  acceptanceId: 49242,
  bidOfferPairId: 1,
  cadlFlag: false,
  soFlag: false,
  originalPrice: 90.25,
  volume: -0.004166666666666667,
};

function failureOf(rows: unknown[]): SourceError {
  try {
    stackRows(asked, rows);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('The rows passed the check');
}

describe('rows of the settlement stack', () => {
  it('are kept as they came', () => {
    expect(stackRows(asked, [row])).toEqual([row]);
  });

  it('may have fields that we do not know', () => {
    expect(stackRows(asked, [{ ...row, netZeroFlag: true }])).toHaveLength(1);
  });

  it('may be adjustments, which have neither an acceptance nor a pair nor perhaps an id', () => {
    const adjustment = { ...row, id: null, acceptanceId: null, bidOfferPairId: null, soFlag: null, cadlFlag: null };
    expect(stackRows(asked, [adjustment])[0]).toMatchObject({ id: null, acceptanceId: null, soFlag: null });
  });

  it.each(Object.keys(row))('fail when %s is missing, naming it', (field) => {
    const { [field as keyof typeof row]: _, ...rest } = row;
    const error = failureOf([row, rest]);
    expect(error.code).toBe('source-malformed');
    expect(error.details).toEqual({
      endpoint: 'settlement stack (bid)',
      settlementDate: '2026-07-10',
      settlementPeriod: 20,
      field: `data[1].${field}`,
    });
  });

  it('fail when an acceptance names no unit, since its energy would be lost', () => {
    expect(failureOf([{ ...row, id: null }]).details).toMatchObject({ field: 'data[0].id' });
  });

  it.each([
    ['volume', '-12.5'],
    ['volume', null],
    ['originalPrice', '64'],
    ['soFlag', 'true'],
    ['settlementPeriod', '20'],
    ['acceptanceId', 1.5],
    ['bidOfferPairId', 70_000],
    ['createdDateTime', '2026-02-30T00:00:00Z'],
    ['createdDateTime', 'yesterday'],
  ])('fail when %s is %j', (field, value) => {
    const error = failureOf([{ ...row, [field]: value }]);
    expect(error.message).toMatch(
      new RegExp(`^Elexon, settlement stack \\(bid\\) of 2026-07-10 period 20: data\\[0\\]\\.${field}: `),
    );
  });

  it.each([
    ['day', { settlementDate: '2026-07-11' }, 'data[1].settlementDate: is 2026-07-11, not what was asked for'],
    ['period', { settlementPeriod: 21 }, 'data[1].settlementPeriod: is 21, not what was asked for'],
  ])('fail when one is of another %s', (_, other, detail) => {
    expect(failureOf([row, { ...row, ...other }]).detail).toBe(detail);
  });

  it('are judged alike by the quick check and by the schema', () => {
    const values = fc.oneof(
      fc.constantFrom(undefined, null, true, false, '', 'x', '2026-07-11T09:14:32Z', '2026-13-01T00:00:00Z', {}, []),
      fc.constantFrom(0, -0, 1, 1.5, -7, -6, 6, 7, 2 ** 31 - 1, 2 ** 31, 2 ** 53, NaN, Infinity),
      fc.double(),
    );
    const changes = fc.dictionary(fc.constantFrom(...Object.keys(row)), values, { maxKeys: 3 });
    const rows = fc.oneof({ weight: 20, arbitrary: changes.map((change) => ({ ...row, ...change })) }, values);
    fc.assert(
      fc.property(fc.array(rows, { maxLength: 4 }), (sample) => {
        const isSound = soundRowCheck();
        for (const value of sample) expect(isSound(value)).toBe(sourceStackRow.safeParse(value).success);
      }),
      { numRuns: 500 },
    );
  });
});
