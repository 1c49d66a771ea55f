import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@app/testing';
import { type Stack, startStack } from './stack.js';
import { type Digest, storageDigest } from './table-digest.js';
import { tablesOf } from './tables-of.js';

/** A busy day, a quiet one and one without curtailment. */
const dates = ['2025-05-24', '2025-05-26', '2025-05-28'];
const emptyDate = '2025-05-28';

describe('Days that are fetched again and have not changed', () => {
  let stack: Stack;
  let paths: string[];
  let storedBefore: Digest;
  let tagsBefore: (string | null)[];

  /** Of the records, of all that follows from them and of all that is announced. */
  async function storage(): Promise<Digest> {
    const derived = await tablesOf(stack.owner, ['calculation', 'summary']);
    return await storageDigest(stack.owner, ['ingestion.curtailment_records', 'ingestion.outbox', ...derived]);
  }

  function tags(): Promise<(string | null)[]> {
    return Promise.all(paths.map((path) => stack.gateway.etag(path)));
  }

  async function fetchNumbers(): Promise<number[]> {
    const rows = (await stack.owner.query(
      'select fetch_number from ingestion.settlement_days order by settlement_date',
    )) as { fetch_number: number }[];
    return rows.map((row) => row.fetch_number);
  }

  beforeAll(async () => {
    stack = await startStack({ SIMULATOR_SCENARIOS: `${emptyDate}=empty` });
    const jobs = await Promise.all(dates.map((date) => stack.gateway.run({ kind: 'ingest', date })));
    expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    // That an event was published is written down a moment after the job has ended.
    await eventually(async () => {
      const unpublished = `select from ingestion.outbox where published_at is null
        union all select from calculation.outbox where published_at is null
        union all select from summary.outbox where published_at is null`;
      expect(await stack.owner.query(unpublished)).toEqual([]);
    });
    const [farm] = (await stack.owner.query(
      'select farm_id, lead_party from ingestion.curtailment_records where lead_party is not null order by 1 limit 1',
    )) as { farm_id: string; lead_party: string }[];
    const filters = ['', `farmId=${farm?.farm_id ?? ''}`, `leadParty=${encodeURIComponent(farm?.lead_party ?? '')}`];
    const range = 'from=2025-05-24&to=2025-05-28';
    paths = [
      ...filters.flatMap((filter) => [
        ...dates.map((date) => `/api/summary/daily/${date}?${filter}`),
        `/api/summary/daily?${range}&${filter}`,
        `/api/summary/monthly/2025-05?${filter}`,
        `/api/summary/yearly/2025?${filter}`,
      ]),
      `/api/coverage?${range}`,
      ...dates.map((date) => `/api/curtailment/records?date=${date}&limit=1000`),
    ];
    storedBefore = await storage();
    tagsBefore = await tags();
    expect(storedBefore['ingestion.curtailment_records']?.rows).toBeGreaterThan(4_000);
    expect(tagsBefore).not.toContain(null);
    expect(new Set(tagsBefore).size).toBe(paths.length);
  }, 120_000);

  it.each([
    ['whole', dates.map((date) => ({ kind: 'ingest' as const, date }))],
    ['some periods at a time', dates.map((date) => ({ kind: 'ingest' as const, date, periods: '10-20' }))],
  ])('write no row and keep every ETag when they are fetched %s', async (_, requests) => {
    const before = await fetchNumbers();
    const jobs = await Promise.all(requests.map((request) => stack.gateway.run(request)));
    expect(jobs.map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
    const after = await fetchNumbers();
    expect(after.every((number, index) => number > (before[index] ?? 0))).toBe(true);
    expect(await storage()).toEqual(storedBefore);
    expect(await tags()).toEqual(tagsBefore);
  });

  it('write no row when the source has calculated them anew with the same result', async () => {
    // Only an offer is added, which is no curtailment, but bids carry the later stamp too.
    const row = { id: 'T_DRAXX-1', acceptanceId: 1, bidOfferPairId: 1, originalPrice: 90, volume: 5 };
    await stack.simulator.revise('2025-05-26', [{ kind: 'add', settlementPeriod: 12, side: 'offer', row }]);
    expect(await stack.gateway.run({ kind: 'ingest', date: '2025-05-26' })).toMatchObject({ state: 'completed' });
    expect(await storage()).toEqual(storedBefore);
    expect(await tags()).toEqual(tagsBefore);
  });

  it('are not even fetched when a job only has to complete them', async () => {
    const before = await fetchNumbers();
    const job = await stack.gateway.run({ kind: 'range', from: '2025-05-24', to: '2025-05-24' });
    expect(job).toMatchObject({ state: 'completed' });
    expect(await fetchNumbers()).toEqual(before);
    // That they were compared is noted in the ledgers, and nothing else is.
    expect(withoutLedgers(await storage())).toEqual(withoutLedgers(storedBefore));
    expect(await tags()).toEqual(tagsBefore);
  });
});

function withoutLedgers({
  'calculation.calculated_days': _calculated,
  'summary.aggregated_days': _aggregated,
  ...tables
}: Digest): Digest {
  return tables;
}
