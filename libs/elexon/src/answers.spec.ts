import { describe, expect, it } from '@jest/globals';
import { answerRows } from './answer-rows.js';
import { registerUnits } from './register-units.js';
import { SourceError } from './source-error.js';
import { unknownFieldsOf } from './unknown-fields.js';
import { windOutputs } from './wind-output.js';

const asked = { path: '/', endpoint: 'anything' };

describe('an answer', () => {
  it.each([
    ['an object without data', {}, 'data: expected a list, received undefined'],
    ['data that are null', { data: null }, 'data: expected a list, received null'],
    ['an error object', { errors: ['no'] }, 'data: expected a list, received undefined'],
    ['text', 'maintenance', 'data: expected a list, received undefined'],
    ['null', null, 'data: expected a list, received undefined'],
    ['a bare list', [], 'data: expected a list, received undefined'],
  ])('is malformed and not empty when it is %s', (_, body, detail) => {
    expect(() => answerRows(asked, body, 'data')).toThrow(
      expect.objectContaining({ code: 'source-malformed', detail }),
    );
  });

  it('may come without metadata', () => {
    expect(answerRows(asked, { data: [1] }, 'data')).toEqual([1]);
  });
});

describe('unknown fields', () => {
  it('are counted by name', () => {
    const rows = [{ id: 1, newFlag: true }, { id: 2 }, { newFlag: null, other: 1 }];
    expect([...unknownFieldsOf(new Set(['id']), rows)]).toEqual([
      ['newFlag', 2],
      ['other', 1],
    ]);
  });
});

describe('the unit register', () => {
  const unit = {
    elexonBmUnit: 'T_X-1',
    nationalGridBmUnit: 'X-1',
    bmUnitName: 'X',
    fuelType: 'WIND',
    leadPartyName: 'X Ltd',
    generationCapacity: '330.000',
  };

  it('has a unit once that is listed twice alike', () => {
    expect(
      registerUnits(asked, [
        { ...unit, eic: 'a' },
        { ...unit, eic: 'b' },
      ]),
    ).toEqual([
      {
        farmId: 'T_X-1',
        nationalGridBmUnit: 'X-1',
        name: 'X',
        fuelType: 'WIND',
        leadParty: 'X Ltd',
        generationCapacityMw: '330.000',
      },
    ]);
  });

  it('fails when a unit is listed twice with different values', () => {
    expect(() => registerUnits(asked, [unit, { ...unit, leadPartyName: 'Y Ltd' }])).toThrow(
      expect.objectContaining({ code: 'source-malformed', detail: 'data[1]: lists T_X-1 again with other values' }),
    );
  });

  it('fails when it lists no live unit, for then nothing would count as wind', () => {
    expect(() => registerUnits(asked, [])).toThrow(SourceError);
    expect(() => registerUnits(asked, [{ ...unit, elexonBmUnit: null }])).toThrow(SourceError);
  });
});

describe('wind output', () => {
  const row = {
    startTime: '2026-05-06T00:30:00Z',
    settlementDate: '2026-05-06',
    settlementPeriod: 4,
    psrType: 'Wind Onshore',
    quantity: 1238.414,
    publishTime: '2026-05-06T02:58:21Z',
  };
  const output = {
    settlementDate: '2026-05-06',
    settlementPeriod: 4,
    kind: 'onshore',
    meanMw: '1238.414',
    publishedAt: '2026-05-06T02:58:21Z',
  };
  const outputsOf = (...rows: object[]) => windOutputs(asked, rows, '2026-05-06', '2026-05-06');

  it('keeps the latest publication of a period and leaves out solar and the day after', () => {
    const rows = [
      row,
      { ...row, quantity: 1240, publishTime: '2026-05-07T02:58:21Z' },
      { ...row, quantity: 1230, publishTime: '2026-05-06T01:00:00Z' },
      { ...row, psrType: 'Solar' },
      { ...row, startTime: '2026-05-06T23:00:00Z' },
    ];
    expect(outputsOf(...rows)).toEqual([{ ...output, meanMw: '1240', publishedAt: '2026-05-07T02:58:21Z' }]);
  });

  it('is of the period in which it starts, whatever the row says', () => {
    const last = { ...row, startTime: '2026-05-06T22:30:00Z', settlementDate: '2026-05-07', settlementPeriod: 1 };
    expect(outputsOf(last)).toEqual([{ ...output, settlementPeriod: 48 }]);
  });

  it('is of the period that the row names where it tells no start', () => {
    expect(outputsOf({ ...row, startTime: undefined })).toEqual([output]);
    const spring = { ...row, startTime: undefined, settlementDate: '2026-03-29', settlementPeriod: 47 };
    expect(() => windOutputs(asked, [spring], '2026-03-29', '2026-03-29')).toThrow(
      expect.objectContaining({ detail: 'data[0].settlementPeriod: 2026-03-29 has no period 47' }),
    );
  });

  it('may come twice alike', () => {
    expect(outputsOf(row, row)).toEqual([output]);
  });

  it.each([
    ['a type it does not know', { psrType: 'Wind' }, /^data\[0\]\.psrType: /],
    ['a day that was not asked for', { startTime: '2026-05-05T22:30:00Z' }, /^data\[0\]: is of 2026-05-05/],
    ['a start in the middle of a period', { startTime: '2026-05-06T00:45:00Z' }, /^data\[0\]\.startTime: no period/],
    ['no quantity', { quantity: undefined }, /^data\[0\]\.quantity: .*received undefined/],
    ['a quantity of null', { quantity: null }, /^data\[0\]\.quantity: .*received null/],
  ])('fails on %s', (_, change, detail) => {
    expect(() => outputsOf({ ...row, ...change })).toThrow(
      expect.objectContaining({ code: 'source-malformed', detail: expect.stringMatching(detail) }),
    );
  });

  it('fails on two outputs in one publication, since nobody can say which is true', () => {
    expect(() => outputsOf(row, { ...row, quantity: 0 })).toThrow(
      expect.objectContaining({ detail: expect.stringContaining('data[1].quantity: is 0 and 1238.414 in one') }),
    );
  });
});
