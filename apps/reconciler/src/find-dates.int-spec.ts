import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { addDays, settlementDateAt, settlementPeriodsOf } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { type FindDatesService } from './find-dates.service.js';

const today = settlementDateAt(new Date().toISOString());
const [yesterday, before, earlier] = [addDays(today, -1), addDays(today, -2), addDays(today, -9)];

describe('finding dates to repair', () => {
  let owner: Database;
  let service: FindDatesService;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    // The configuration is read as its module is loaded.
    process.env['COVERAGE_FROM'] = before;
    const { FindDatesService } = await import('./find-dates.service.js');
    service = new FindDatesService(new DifficultyTable({ region: 'eu-west-2', table: 'unused' }));
    await owner.query(
      `insert into ingestion.settlement_days (settlement_date, fetch_number, periods_expected, periods_loaded, fetched_at)
       select d, 1, 48, 47, now() from unnest($1::date[]) d`,
      [[before, earlier]],
    );
    await owner.query(
      `insert into ingestion.settlement_periods (settlement_date, settlement_period, state, cause_code, cause_detail)
       select settlement_date, 9, 'failed', 'source-unavailable', 'HTTP 500' from ingestion.settlement_days`,
    );
  });
  afterAll(() => owner.close());

  it('takes a date that ought to be there and was never fetched for the largest gap', async () => {
    const periods = settlementPeriodsOf(yesterday);
    expect(await service.find(owner, { kind: 'most-critical' })).toEqual({
      dates: [yesterday],
      result: { largestGap: { settlementDate: yesterday, halfHours: periods, periods, calculations: 0 } },
    });
  });

  it('reconciles dates ever fetched and dates that ought to be there', async () => {
    const found = await service.find(owner, { kind: 'reconcile' });
    expect(found).toEqual({ dates: [yesterday, before, earlier], result: null });
  });
});
