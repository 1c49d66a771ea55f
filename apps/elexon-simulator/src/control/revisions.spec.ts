import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { simulatorUnderTest } from '../simulator-under-test.js';

const DATE = '2025-05-26';
const simulator = await simulatorUnderTest();
afterAll(() => simulator.close());
afterEach(() => simulator.clear('revisions'));

const stackOf = (period: number) => simulator.stack('bid', DATE, period);
const revise = (...changes: unknown[]) => simulator.control('revisions', { settlementDate: DATE, changes });

async function aFarmOf(period: number) {
  const row = (await stackOf(period)).find(
    ({ id, soFlag, volume }) => id.startsWith('T_SGRWO') && soFlag && volume < 0,
  );
  if (row === undefined) throw new Error(`Seagreen is not curtailed in period ${period}.`);
  return row;
}

describe('a revised day', () => {
  it('has other volumes and prices, and a later version of the periods concerned only', async () => {
    const [before, untouched, farm] = [await stackOf(1), await stackOf(2), await aFarmOf(1)];
    const rows = { id: farm.id, acceptanceId: farm.acceptanceId };
    const answer = await revise({ kind: 'change', settlementPeriod: 1, rows, volume: -12.5, originalPrice: -1.25 });
    expect(answer.status).toBe(201);

    const after = await stackOf(1);
    expect(after.length).toBe(before.length);
    const changed = after.find(({ id, acceptanceId }) => id === rows.id && acceptanceId === rows.acceptanceId);
    expect(changed).toMatchObject({ volume: -12.5, originalPrice: -1.25, dmatAdjustedVolume: -12.5, soFlag: true });
    expect(after[0]?.createdDateTime).toBe('2026-06-14T12:00:00Z');
    expect(await stackOf(2)).toEqual(untouched);
  });

  it('has rows less, rows more and a period without any', async () => {
    const [before, offers, farm] = [await stackOf(1), await simulator.stack('offer', DATE, 1), await aFarmOf(1)];
    const row = { id: 'T_NEWFARM-1', acceptanceId: 77, originalPrice: -50, volume: -3.25 };
    await revise(
      { kind: 'remove', settlementPeriod: 1, rows: { id: farm.id } },
      { kind: 'add', settlementPeriod: 1, row },
      { kind: 'empty', settlementPeriod: 2 },
    );
    const after = await stackOf(1);
    expect(after.some(({ id }) => id === farm.id)).toBe(false);
    expect(after.find(({ id }) => id === row.id)).toMatchObject({ ...row, bidOfferPairId: -1, soFlag: true });
    const removed = before.filter(({ id }) => id === farm.id).length;
    expect(after.length).toBe(before.length - removed + 1);
    expect(after.map(({ sequenceNumber }) => sequenceNumber)).toEqual(after.map((_, index) => index + 1));
    expect(await stackOf(2)).toEqual([]);

    // The other side is calculated again with the same result.
    const stamped = offers.map((offer) => ({ ...offer, createdDateTime: '2026-06-14T12:00:00Z' }));
    expect(await simulator.stack('offer', DATE, 1)).toEqual(stamped);
  });

  it('leaves the other rows alone when all curtailed ones are scaled', async () => {
    const before = await stackOf(1);
    await revise({ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor: 0.5 });
    const after = new Map((await stackOf(1)).map((row) => [`${row.id} ${row.acceptanceId}`, row.volume]));
    const accepted = before.filter(({ acceptanceId, volume }) => acceptanceId !== null && volume < 0);
    const factorsOf = (rows: typeof before) =>
      new Set(rows.map(({ id, acceptanceId, volume }) => (after.get(`${id} ${acceptanceId}`) ?? NaN) / volume));
    const ofSeagreen = accepted.filter(({ id }) => id.startsWith('T_SGRWO'));
    expect(factorsOf(ofSeagreen.filter(({ soFlag }) => soFlag))).toEqual(new Set([0.5]));
    expect(factorsOf(accepted.filter(({ soFlag }) => !soFlag))).toEqual(new Set([1]));
    const batteries = accepted.filter(({ id, soFlag }) => soFlag && /^E_.*B-\d$/.test(id));
    expect(factorsOf(batteries)).toEqual(new Set([1]));
  });

  it('can be revised again, each time with a later stamp, and undone', async () => {
    const original = await stackOf(1);
    await revise({ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor: 0.5 });
    const once = await stackOf(1);
    await revise({ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor: 2 });
    const twice = await stackOf(1);
    const stamps = [original, once, twice].map(([first]) => first?.createdDateTime ?? '');
    expect(new Set(stamps).size).toBe(3);
    expect(stamps).toEqual(stamps.toSorted());
    expect(twice.map(({ volume }) => volume)).toEqual(original.map(({ volume }) => volume));

    await simulator.clear('revisions');
    expect(await stackOf(1)).toEqual(original);
  });

  it('shows in the system prices', async () => {
    await revise({ kind: 'empty', settlementPeriod: 1 });
    const prices = (await simulator.json(`/balancing/settlement/system-prices/${DATE}`)) as { data: object[] };
    expect(prices.data[0]).toMatchObject({ totalAcceptedBidVolume: 0, createdDateTime: '2026-06-14T12:00:00Z' });
  });

  it('is rejected when it would change nothing or cannot be', async () => {
    const rejected = (field: string) => ({
      status: 400,
      body: { errors: [{ field, detail: expect.any(String) as unknown }] },
    });
    expect(await revise({ kind: 'remove', settlementPeriod: 1, rows: { id: 'T_NOSUCH-1' } })).toEqual(
      rejected('changes.0'),
    );
    expect(await revise({ kind: 'empty', settlementPeriod: 49 })).toEqual(rejected('changes.0.settlementPeriod'));
    expect(await revise({ kind: 'change', settlementPeriod: 1, rows: 'all' })).toEqual(rejected('changes.0'));
    const future = { settlementDate: '2026-06-15', changes: [{ kind: 'empty', settlementPeriod: 1 }] };
    expect(await simulator.control('revisions', future)).toEqual(rejected('changes.0.settlementPeriod'));
    const early = {
      settlementDate: DATE,
      createdDateTime: '2025-05-26T12:00:00Z',
      changes: [{ kind: 'empty', settlementPeriod: 1 }],
    };
    expect(await simulator.control('revisions', early)).toEqual(rejected('createdDateTime'));
    expect((await simulator.control('revisions')).body).toEqual([]);
  });
});
