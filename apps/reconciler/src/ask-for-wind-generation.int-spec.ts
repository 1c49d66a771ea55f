import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { addDays } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { Logger } from '@nestjs/common';
import { AskForWindGenerationService } from './ask-for-wind-generation.service.js';

describe('asking for wind generation', () => {
  let owner: Database;
  let reconciler: Database;
  let service: AskForWindGenerationService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
    service = new AskForWindGenerationService(reconciler);
  });
  afterAll(() => Promise.all([owner.close(), reconciler.close()]));

  async function ingested(...dates: string[]): Promise<void> {
    await owner.query(
      `insert into ingestion.settlement_days (settlement_date, fetch_number, revision, periods_expected, fetched_at)
       select d, 1, 1, 48, now() from unnest($1::date[]) d`,
      [dates],
    );
  }

  /** The fetches of these dates failed so many minutes ago. */
  async function failed(minutesAgo: number, ...dates: string[]): Promise<void> {
    await owner.query(
      `insert into ingestion.wind_generation_days (settlement_date, fetch_number, periods_expected, cause_code, cause_detail, fetched_at)
       select d, 1, 48, 'source-unavailable', 'HTTP 500', now() - make_interval(mins => $2) from unnest($1::date[]) d`,
      [dates, minutesAgo],
    );
  }

  /** What was asked for since this was last called. */
  async function askedFor(): Promise<string[][]> {
    const rows = (await owner.query(
      `select payload->'data'->'settlementDates' as dates from reconciliation.outbox where subject = 'wind-generation.requested.v1' order by seq`,
    )) as { dates: string[] }[];
    await owner.query('delete from reconciliation.outbox');
    return rows.map(({ dates }) => dates);
  }

  it('names the newest days that have curtailment and no wind generation, a request at a time, each once', async () => {
    const dates = Array.from({ length: 40 }, (_, index) => addDays('2025-05-01', index));
    await ingested(...dates);
    const newestFirst = dates.toReversed();
    await service.askForNewDays();
    expect(await askedFor()).toEqual([newestFirst.slice(0, 31)]);
    await service.askForNewDays();
    expect(await askedFor()).toEqual([newestFirst.slice(31)]);
    await service.askForNewDays();
    expect(await askedFor()).toEqual([]);
  });

  it('asks again an hour after a fetch that failed, and never again after one that was answered', async () => {
    const anew = new AskForWindGenerationService(reconciler);
    await owner.query(`delete from ingestion.settlement_days`);
    await ingested('2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04');
    await failed(61, '2025-01-01');
    await failed(59, '2025-01-02');
    await failed(61, '2025-01-03');
    await owner.query(
      `update ingestion.wind_generation_days set cause_code = null, cause_detail = null where settlement_date = '2025-01-03'`,
    );
    await anew.askForNewDays();
    expect(await askedFor()).toEqual([['2025-01-04', '2025-01-01']]);
  });

  it('asks for days that lag since somebody altered their half hours, and for no others', async () => {
    const anew = new AskForWindGenerationService(reconciler);
    await owner.query(`delete from ingestion.settlement_days`);
    await owner.query(`delete from ingestion.wind_generation_days`);
    const dates = ['2025-02-01', '2025-02-02', '2025-02-03', '2025-02-04', '2025-02-05', '2025-02-06', '2025-02-07'];
    const [, summed, whole, failing, lacking, , unknown] = dates;
    // The first is not of any curtailment.
    await ingested(...dates.slice(1));
    await owner.query(
      `insert into ingestion.wind_generation_data select d, p, p, p, now(), now() from unnest($1::date[]) d, generate_series(1, 48) p`,
      [dates],
    );
    await owner.query(
      `insert into ingestion.wind_generation_days (settlement_date, fetch_number, revision, periods_expected, fetched_at, content_hash)
       select settlement_date, 1, 7, 48, now(), content_hash from ingestion.wind_generation_sums`,
    );
    await owner.query(`insert into summary.daily_wind_generation select d, 1, 1, 48, 1, 6 from unnest($1::date[]) d`, [
      dates.slice(0, 5),
    ]);
    await owner.query(`update summary.daily_wind_generation set derived_from = 7 where settlement_date = $1`, [summed]);
    await owner.query(
      `update ingestion.wind_generation_days set cause_code = 'source-unavailable', cause_detail = 'HTTP 500' where settlement_date = $1`,
      [failing],
    );
    await owner.query(
      `update ingestion.wind_generation_data set onshore_mw = 0 where settlement_period = 3 and settlement_date <> $1`,
      [whole],
    );
    await owner.query(`delete from ingestion.wind_generation_data where settlement_date = $1`, [lacking]);
    // Nothing is known any more, which is right.
    await owner.query(`delete from ingestion.wind_generation_data where settlement_date = $1`, [unknown]);
    await owner.query(`update ingestion.wind_generation_days set content_hash = null where settlement_date = $1`, [
      unknown,
    ]);
    await anew.askForNewDays();
    expect(await askedFor()).toEqual([['2025-02-06', '2025-02-05', '2025-02-01']]);
    await anew.askForNewDays();
    expect(await askedFor()).toEqual([]);
    await owner.query(`delete from ingestion.wind_generation_days`);
  });

  it('leaves days alone of which no curtailment is known', async () => {
    await owner.query(`update ingestion.settlement_days set revision = null`);
    await new AskForWindGenerationService(reconciler).askForNewDays();
    expect(await askedFor()).toEqual([]);
  });
});
