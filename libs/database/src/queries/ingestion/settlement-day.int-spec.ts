import { type RegisteredUnit } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { count, ingest, outcome, record } from '../../../test/days.js';
import { Database } from '../../database.js';
import { rowOf, rowsOf, run } from '../../executor.js';
import { drawFetchNumber } from './draw-fetch-number.js';
import { findSettlementPeriods } from './find-settlement-periods.js';
import { findWindUnits } from './find-wind-units.js';
import { lockSettlementDay } from './lock-settlement-day.js';
import { recordSettlementPeriods } from './record-settlement-periods.js';
import {
  curtailmentRecordRows,
  deleteCurtailmentRecords,
  insertCurtailmentRecords,
} from './replace-curtailment-records.js';
import { stampSettlementDay } from './stamp-settlement-day.js';
import { storeRegisterVersion } from './store-register-version.js';

describe('a settlement day in the tables of ingestion', () => {
  let owner: Database;
  let ingestion: Database;

  beforeAll(async () => {
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    ingestion = new Database({ url: urls.ingestion, applicationName: 'spec' });
  });
  afterAll(async () => {
    await owner.close();
    await ingestion.close();
  });

  async function periodsOf(date: string): Promise<Record<string, unknown>[]> {
    return await rowsOf(
      owner,
      `select settlement_period as period, state, cause_detail as cause, row_count as rows, content_hash as hash,
              uncounted_unit_ids as uncounted
       from ingestion.settlement_periods where settlement_date = $1 order by settlement_period`,
      [date],
    );
  }

  async function ledgerOf(date: string): Promise<Record<string, unknown>> {
    return await rowOf(
      owner,
      `select revision, periods_loaded as loaded, source_final as final, records, combinations, trim_scale(curtailed_mwh) as mwh,
              trim_scale(payment_gbp) as payment, trim_scale(absolute_payment_gbp) as absolute
       from ingestion.settlement_days where settlement_date = $1`,
      [date],
    );
  }

  describe('its records', () => {
    it('are counted and summed by the ledger, several of a farm and period as one combination', async () => {
      const day = await ingest(ingestion, '2025-05-01', [
        record('2025-05-01', { volumeMwh: '-1.5', originalPriceGbpPerMwh: '-10' }),
        record('2025-05-01', { acceptanceId: 101, volumeMwh: '-2.25', originalPriceGbpPerMwh: '4' }),
        record('2025-05-01', { settlementPeriod: 48, volumeMwh: '-3', originalPriceGbpPerMwh: '0' }),
      ]);
      expect(day).toMatchObject({ records: 3, combinations: 2, curtailedMwh: '6.75' });
      // 1.5 × 10 − 2.25 × 4 = 6; 15 + 9 = 24
      expect(await ledgerOf('2025-05-01')).toMatchObject({ mwh: '6.75', payment: '6', absolute: '24', loaded: 48 });
    });

    it('keep every digit, the farm without a lead party and the row without an acceptance', async () => {
      const date = '2025-05-02';
      const unknown = { acceptanceId: null, bidOfferPairId: null, leadParty: null, cadlFlag: null };
      await ingest(ingestion, date, [
        record(date, { ...unknown, runningNumber: 1, volumeMwh: '-0.000000000000001' }),
        record(date, { ...unknown, runningNumber: 2, volumeMwh: '-1e-7' }),
      ]);
      const rows = await rowsOf(
        owner,
        `select running_number as number, volume_mwh as volume, lead_party as lead, acceptance_id as acceptance
         from ingestion.curtailment_records where settlement_date = $1 order by 1`,
        [date],
      );
      expect(rows).toEqual([
        { number: 1, volume: '-0.000000000000001', lead: null, acceptance: null },
        { number: 2, volume: '-0.0000001', lead: null, acceptance: null },
      ]);
      await expect(
        insertCurtailmentRecords(ingestion, [curtailmentRecordRows([record(date, { ...unknown, runningNumber: 2 })])]),
      ).rejects.toThrow('curtailment_records_key');
    });

    it('keep every letter of their names', async () => {
      const date = '2025-05-07';
      const name = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^["\\(){},' NUL\n\t]*$/));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.record({ farmId: name, leadParty: fc.option(name) })), async (names) => {
          const records = names.map((changes, index) => record(date, { ...changes, acceptanceId: index + 1 }));
          await ingest(ingestion, date, records);
          const stored = await rowsOf(
            owner,
            `select farm_id as "farmId", lead_party as "leadParty" from ingestion.curtailment_records
             where settlement_date = $1 order by acceptance_id`,
            [date],
          );
          expect(stored).toEqual(names);
        }),
        { numRuns: 50 },
      );
    });

    it('are deleted only in the periods that are replaced', async () => {
      const date = '2025-05-03';
      await ingest(ingestion, date, [
        record(date),
        record(date, { settlementPeriod: 2 }),
        record(date, { settlementPeriod: 3 }),
      ]);
      await deleteCurtailmentRecords(ingestion, date, [1, 3]);
      const left = await rowsOf(
        owner,
        `select settlement_period as p from ingestion.curtailment_records where settlement_date = $1`,
        [date],
      );
      expect(left).toEqual([{ p: 2 }]);
      expect(await ledgerOf(date)).toMatchObject({ records: 1, mwh: '10' });
    });

    it('move the ledgers of all their days when somebody changes or deletes them by hand', async () => {
      const [first, second] = ['2025-05-04', '2025-05-05'];
      await ingest(ingestion, first, [record(first), record(first, { settlementPeriod: 2 })]);
      await ingest(ingestion, second, [record(second)]);
      await run(owner, `update ingestion.curtailment_records set volume_mwh = -7 where settlement_date = '2025-05-05'`);
      await run(
        owner,
        `update ingestion.curtailment_records set settlement_date = '2025-05-05' where settlement_date = '2025-05-04' and settlement_period = 2`,
      );
      expect(await ledgerOf(first)).toMatchObject({ records: 1, mwh: '10' });
      expect(await ledgerOf(second)).toMatchObject({ records: 2, mwh: '17' });
      await run(
        owner,
        `delete from ingestion.curtailment_records where settlement_date in ('2025-05-04', '2025-05-05')`,
      );
      expect(await ledgerOf(first)).toMatchObject({ records: 0, combinations: 0, mwh: '0', payment: '0' });
      expect(await ledgerOf(second)).toMatchObject({ records: 0, combinations: 0, mwh: '0', absolute: '0' });
    });

    it.each([
      ['an accepted offer', { volumeMwh: '10' }],
      ['a volume of nothing', { volumeMwh: '0' }],
      ['a row that is not flagged', { soFlag: false }],
      ['a period that no day has', { settlementPeriod: 51 }],
    ])('never include %s', async (_, changes) => {
      await expect(
        insertCurtailmentRecords(ingestion, [curtailmentRecordRows([record('2025-05-06', changes)])]),
      ).rejects.toThrow('check constraint');
    });
  });

  describe('its periods', () => {
    it('keep count, hash and uncounted units of the rows that are still stored when a fetch fails', async () => {
      const date = '2025-04-01';
      const loaded = outcome(1, 'fetched', {
        rowCount: 4,
        contentHash: 'four',
        uncountedUnitIds: ['T_COAL-1', "2__O'N,{x}"],
      });
      await ingest(ingestion, date, [], { periods: [loaded] });
      await recordSettlementPeriods(ingestion, date, [outcome(1, 'failed')]);
      const [first] = await periodsOf(date);
      expect(first).toEqual({
        ...{ period: 1, state: 'failed', cause: 'HTTP 500, 5 attempts', rows: 4, hash: 'four' },
        uncounted: ['T_COAL-1', "2__O'N,{x}"],
      });
      await recordSettlementPeriods(ingestion, date, [outcome(1, 'fetched-empty', { contentHash: 'none' })]);
      expect((await periodsOf(date))[0]).toEqual({
        ...{ period: 1, state: 'fetched-empty', cause: null, rows: 0, hash: 'none', uncounted: [] },
      });
    });

    it.each(['not-fetched', 'not-settled'] as const)('are not forgotten when they are %s this time', async (state) => {
      const date = state === 'not-fetched' ? '2025-04-02' : '2025-04-03';
      const periods = [outcome(2, 'failed'), outcome(3, 'not-settled'), outcome(4, 'not-fetched')];
      await ingest(ingestion, date, [], { periods });
      await recordSettlementPeriods(
        ingestion,
        date,
        [1, 2, 3, 4].map((period) => outcome(period, state)),
      );
      expect((await periodsOf(date)).slice(0, 4).map((period) => period.state)).toEqual([
        'fetched',
        'failed',
        state,
        state,
      ]);
    });

    it('are found in order with the hash of what is stored, none for a day never fetched', async () => {
      await ingest(ingestion, '2025-10-26', [], { periods: [outcome(50, 'failed')] });
      const periods = await findSettlementPeriods(ingestion, '2025-10-26');
      expect(periods.map((period) => period.settlementPeriod)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
      expect(periods[0]).toMatchObject({ state: 'fetched', contentHash: 'hash' });
      expect(periods[49]).toMatchObject({ state: 'failed', contentHash: null });
      expect(await findSettlementPeriods(ingestion, '1999-01-01')).toEqual([]);
    });
  });

  describe('its stamp', () => {
    it('has a revision once something was loaded, a higher one for each change, and the same otherwise', async () => {
      const date = '2025-03-01';
      const failed = Array.from({ length: 48 }, (_, index) => outcome(index + 1, 'failed'));
      const nothing = await ingest(ingestion, date, [], { periods: failed, contentChanged: false });
      expect(nothing).toMatchObject({ revision: null, periodsExpected: 48, periodsLoaded: 0 });
      const first = await ingest(ingestion, date, [], { periods: [outcome(7, 'failed')] });
      expect(first.periodsLoaded).toBe(47);
      const same = await ingest(ingestion, date, [], { contentChanged: false });
      expect(same).toMatchObject({ revision: first.revision, periodsLoaded: 48 });
      const next = await ingest(ingestion, date, []);
      expect(next.revision).toBeGreaterThan(first.revision ?? Infinity);
    });

    it('calls the source final when every loaded period was fetched at or after that moment', async () => {
      const date = '2025-03-02';
      const finalAt = '2025-03-04T00:15:00Z';
      const at = (fetchedAt: string) => [
        outcome(5, 'fetched', { fetchedAt }),
        outcome(6, 'failed', { fetchedAt: '2025-03-03T00:00:00Z' }),
      ];
      await ingest(ingestion, date, [], { finalAt, periods: at('2025-03-04T00:14:59Z') });
      expect(await ledgerOf(date)).toMatchObject({ final: false });
      await ingest(ingestion, date, [], { finalAt, periods: at('2025-03-04T00:15:00Z') });
      expect(await ledgerOf(date)).toMatchObject({ final: true });
    });

    it('is refused to a fetch that a newer one has overtaken, and nothing of it stays', async () => {
      const date = '2025-03-05';
      const { fetchNumber: paused } = await drawFetchNumber(ingestion, date, 'paused');
      const newer = await ingest(ingestion, date, [record(date)]);
      const late = ingestion.transaction(async (transaction) => {
        const locked = await lockSettlementDay(transaction, date, 48);
        expect(locked).toEqual({ fetchNumber: paused + 1, revision: newer.revision });
        await deleteCurtailmentRecords(transaction, date, [1]);
        await stampSettlementDay(transaction, {
          ...{ settlementDate: date, fetchNumber: paused, contentChanged: true, finalAt: '2025-03-07T00:15:00Z' },
        });
      });
      await expect(late).rejects.toMatchObject({ code: 'superseded' });
      expect(await ledgerOf(date)).toMatchObject({ revision: newer.revision, records: 1 });
    });
  });

  describe('the register', () => {
    const viking: RegisteredUnit = {
      farmId: 'T_VKNGW-1',
      nationalGridBmUnit: 'VKNGW-1',
      name: null,
      fuelType: 'WIND',
      leadParty: null,
      generationCapacityMw: '443.5',
      countedAsWind: true,
    };
    const coal: RegisteredUnit = { ...viking, farmId: 'T_COAL-1', fuelType: 'COAL', countedAsWind: false };

    it('gets a version when its content is new, and only the newest one counts', async () => {
      expect(await findWindUnits(ingestion)).toBeNull();
      const version = await storeRegisterVersion(ingestion, 'a', '2025-01-01T00:00:00Z', [viking, coal]);
      expect(version).not.toBeNull();
      expect(await findWindUnits(ingestion)).toEqual({ version, units: [{ farmId: 'T_VKNGW-1', leadParty: null }] });
      expect(await storeRegisterVersion(ingestion, 'a', '2025-01-02T00:00:00Z', [viking])).toBeNull();
      expect(await count(owner, 'ingestion.bm_units')).toBe(2);
      expect(await drawFetchNumber(ingestion, '2025-05-09', 'first')).toMatchObject({ registerVersion: version });
      const newer = await storeRegisterVersion(ingestion, 'b', '2025-01-03T00:00:00Z', [
        { ...viking, farmId: 'T_NEW-1', leadParty: 'New' },
      ]);
      const units = [{ farmId: 'T_NEW-1', leadParty: 'New' }];
      expect(await findWindUnits(ingestion)).toEqual({ version: newer, units });
      expect(await drawFetchNumber(ingestion, '2025-05-09', 'second')).toMatchObject({ registerVersion: newer });
    });
  });
});
