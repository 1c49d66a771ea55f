import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { windGenerationRequestedV1 } from '@app/contracts';
import { type Gap } from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { eventually } from '@app/testing';
import { Decimal } from './mining-arithmetic.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, storageDigest } from './table-digest.js';
import { sumOf, windEnergyOf, type WindEnergy } from './wind-output.js';

/** Days that only a repair asks for. */
const emptyDays = ['2024-01-01', '2025-07-01', '2025-10-29'];

/** The days of this test with the instant of their midnight and their half hours: the long one is that of the autumn. */
const days = {
  '2025-10-25': { startAt: '2025-10-24T23:00:00Z', periods: 48 },
  '2025-10-26': { startAt: '2025-10-25T23:00:00Z', periods: 50 },
  '2025-03-30': { startAt: '2025-03-30T00:00:00Z', periods: 46 },
};
type Day = keyof typeof days;
const dates = Object.keys(days) as Day[];

const allTables = [
  'ingestion.wind_generation_data',
  'ingestion.outbox',
  ...['daily', 'monthly', 'yearly'].map((level) => `summary.${level}_wind_generation`),
  'summary.outbox',
];

interface Served {
  curtailedMwh: number | null;
  windOnshoreMwh: number | null;
  windOffshoreMwh: number | null;
  windPeriodsLoaded: number | null;
  curtailedShare: number | null;
  state: string;
  revision: number | null;
}

describe('Wind generation', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({
      SIMULATOR_SCENARIOS: [...dates.map((date) => `${date}=quiet`), ...emptyDays.map((date) => `${date}=empty`)].join(
        ',',
      ),
    });
    const jobs = await Promise.all(dates.map((date) => stack.gateway.run({ kind: 'ingest', date })));
    expect(jobs.map(({ state }) => state)).toEqual(dates.map(() => 'completed'));
    await fetchWind(...dates);
  }, 120_000);
  beforeEach(() => stack.simulator.heal());

  /** Asks as the schedule does, and waits until the sums rest on what was fetched and all of it is announced. */
  async function fetchWind(...settlementDates: string[]): Promise<void> {
    const before = new Map((await ledger()).map((day) => [day.date, day.fetch]));
    const request = newEvent(windGenerationRequestedV1, { settlementDates, jobId: null }, { source: 'reconciler' });
    await addToOutbox(stack.owner, 'reconciliation', [request]);
    await eventually(async () => {
      const now = (await ledger()).filter(({ date }) => settlementDates.includes(date));
      expect(now.map(({ date }) => date).sort()).toEqual([...settlementDates].sort());
      for (const { date, fetch, revision, summed } of now) {
        expect(fetch).toBeGreaterThan(before.get(date) ?? 0);
        expect(summed).toBe(revision);
      }
      const unpublished = `select from ingestion.outbox where published_at is null
        union all select from summary.outbox where published_at is null`;
      expect(await stack.owner.query(unpublished)).toEqual([]);
    });
  }

  async function ledger() {
    return (await stack.owner.query(
      `select d.settlement_date as date, d.fetch_number as fetch, d.revision, s.derived_from as summed
       from ingestion.wind_generation_days d left join summary.daily_wind_generation s using (settlement_date)`,
    )) as { date: string; fetch: number; revision: number | null; summed: number | null }[];
  }

  const served = (path: string) => stack.gateway.get<Served>(`/api/summary/${path}`);
  const source = (date: Day) => windEnergyOf(stack.simulator, days[date].startAt, days[date].periods);

  /** Compares what is served of a day, month or year with what the source says of its days. */
  async function expectServed(path: string, energy: readonly WindEnergy[], periods: number): Promise<Served> {
    const summary = await served(path);
    const { onshoreMwh, offshoreMwh } = sumOf(energy);
    const share = new Decimal(summary.curtailedMwh ?? 0).div(
      onshoreMwh.plus(offshoreMwh).plus(summary.curtailedMwh ?? 0),
    );
    expect([path, summary]).toEqual([
      path,
      expect.objectContaining({
        windOnshoreMwh: Number(onshoreMwh.toFixed(6)),
        windOffshoreMwh: Number(offshoreMwh.toFixed(6)),
        windPeriodsLoaded: periods,
        curtailedShare: Number(share.toFixed(6)),
      }),
    ]);
    expect(summary.curtailedMwh).toBeGreaterThan(0);
    return summary;
  }

  async function expectAllServed(): Promise<void> {
    const [eve, long, short] = await Promise.all([source('2025-10-25'), source('2025-10-26'), source('2025-03-30')]);
    await expectServed('daily/2025-10-25', [eve], 48);
    await expectServed('daily/2025-10-26', [long], 50);
    await expectServed('daily/2025-03-30', [short], 46);
    await expectServed('monthly/2025-10', [eve, long], 98);
    await expectServed('yearly/2025', [eve, long, short], 144);
  }

  it('of a day, month and year is the sum of what the source serves, also on days of 46 and 50 periods', async () => {
    await expectAllServed();
    const { items } = await stack.gateway.get<{ items: { onshoreMw: number | null; state: string }[] }>(
      '/api/wind-generation/2025-10-26',
    );
    expect(items.map(({ state }) => state)).toEqual(Array.from({ length: 50 }, () => 'complete'));
  });

  it('that is fetched again and has not changed writes no row, and every tag stays', async () => {
    const paths = ['daily/2025-10-26', 'monthly/2025-10', 'yearly/2025'].map((path) => `/api/summary/${path}`);
    const seen = async () => [
      await storageDigest(stack.owner, allTables),
      await Promise.all(paths.map((path) => stack.gateway.etag(path))),
    ];
    const before = await seen();
    await fetchWind(...dates);
    expect(await seen()).toEqual(before);
  });

  it('that the source revises is followed by day, month and year, and by no other day', async () => {
    const before = await Promise.all(['daily/2025-10-25', 'daily/2025-10-26', 'yearly/2025'].map(served));
    const otherTag = await stack.gateway.etag('/api/summary/daily/2025-10-25');
    await stack.simulator.publishWind({
      settlementDate: '2025-10-26',
      settlementPeriod: 50,
      psrType: 'Wind Offshore',
      quantity: 12_345.678,
    });
    await fetchWind(...dates);
    await expectAllServed();
    const after = await Promise.all(['daily/2025-10-25', 'daily/2025-10-26', 'yearly/2025'].map(served));
    expect(after[1]?.windOffshoreMwh).not.toBe(before[1]?.windOffshoreMwh);
    expect(after[1]?.revision).toBeGreaterThan(before[1]?.revision ?? 0);
    expect(after[2]?.revision).toBeGreaterThan(before[2]?.revision ?? 0);
    expect(await stack.gateway.etag('/api/summary/daily/2025-10-25')).toBe(otherTag);
  });

  it('of which periods are missing says so, sums the others, and has no share', async () => {
    const date = '2025-10-27';
    const missing = { settlementDate: date, settlementPeriod: 7, psrType: 'Wind Onshore' };
    await stack.simulator.spoil({ kind: 'removed-rows', endpoint: 'wind-and-solar', rows: missing });
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
    await fetchWind(date);
    const { onshoreMwh, offshoreMwh } = await windEnergyOf(stack.simulator, '2025-10-27T00:00:00Z', 48);
    expect(await served(`daily/${date}`)).toMatchObject({
      windOnshoreMwh: Number(onshoreMwh.toFixed(6)),
      windOffshoreMwh: Number(offshoreMwh.toFixed(6)),
      windPeriodsLoaded: 47,
      curtailedShare: null,
      state: 'complete',
    });
    expect(await served('monthly/2025-10')).toMatchObject({ windPeriodsLoaded: 145, curtailedShare: null });
    const { items } = await stack.gateway.get<{ items: object[] }>(`/api/wind-generation/${date}`);
    expect(items[6]).toMatchObject({
      onshoreMw: null,
      onshoreMwh: null,
      offshoreMw: expect.any(Number),
      state: 'partial',
      missing: [{ cause: 'not-published' }],
    });
    // It becomes whole by itself once the source has the period.
    await stack.simulator.heal();
    await fetchWind(date);
    expect(await served(`daily/${date}`)).toMatchObject({ windPeriodsLoaded: 48, curtailedShare: expect.any(Number) });
  });

  it('stays as it is while the source fails, and says why', async () => {
    const date = '2025-10-26';
    const before = await served(`daily/${date}`);
    await stack.simulator.spoil({ kind: 'status', status: 400, endpoint: 'wind-and-solar', date });
    await fetchWind(date);
    expect(await served(`daily/${date}`)).toEqual(before);
    const { items } = await stack.gateway.get<{ items: object[] }>(`/api/wind-generation/${date}`);
    expect(items[0]).toMatchObject({
      onshoreMw: expect.any(Number),
      state: 'partial',
      missing: [{ cause: 'fetch-failed', detail: 'HTTP 400, 1 attempt', repair: `windfall wind-generation ${date}` }],
    });
  });

  it('is summed although its event was lost', async () => {
    const date = '2025-10-25';
    // As after a loss of the stream that the outbox could not mend: the sums rest on an older revision.
    await stack.owner.query(
      `update summary.daily_wind_generation set onshore_mwh = 0, derived_from = 1 where settlement_date = $1`,
      [date],
    );
    const energy = [await source(date)];
    await eventually(() => expectServed(`daily/${date}`, energy, 48), 60_000);
  });

  describe('that somebody changes', () => {
    const tables = [
      ...['data', 'days'].map((name) => `ingestion.wind_generation_${name}`),
      ...['daily', 'monthly', 'yearly'].map((level) => `summary.${level}_wind_generation`),
    ];

    const ofHalfHours = 'ingestion.wind_generation_data';
    const notFetched = 'the half hours are not those that were fetched';
    const ofLedger = 'ingestion.wind_generation_days';
    const tampering: [what: string, sql: string, found: [detail: string, cause: string, command: string][]][] = [
      [
        'a half hour beyond the last of its day',
        `insert into ${ofHalfHours} values ('2025-03-30', 47, 1, 2, now(), now())`,
        [
          [`there are 47 of 46, `, 'ledger-differs', 'wind-generation 2025-03-30'],
          [
            'daily_wind_generation of 2025-03-30: the half hours beneath the row are not those that were fetched',
            'summary-differs',
            'wind-generation 2025-03-30',
          ],
        ],
      ],
      [
        'a half hour that is changed',
        `update ${ofHalfHours} set onshore_mw = onshore_mw + 1 where settlement_date = '2025-10-25' and settlement_period = 7`,
        [
          [notFetched, 'ledger-differs', 'wind-generation 2025-10-25'],
          ['the half hours beneath the row', 'summary-differs', 'wind-generation 2025-10-25'],
        ],
      ],
      [
        'two half hours that are exchanged',
        `update ${ofHalfHours} w set onshore_mw = o.onshore_mw from ${ofHalfHours} o
         where w.settlement_date = '2025-10-25' and o.settlement_date = '2025-10-25'
           and (w.settlement_period, o.settlement_period) in ((7, 8), (8, 7))`,
        [[notFetched, 'ledger-differs', 'wind-generation 2025-10-25']],
      ],
      [
        'a half hour that keeps every later version out',
        `update ${ofHalfHours} set onshore_published_at = '2099-01-01T00:00:00Z'
         where settlement_date = '2025-10-25' and settlement_period = 7`,
        [[notFetched, 'ledger-differs', 'wind-generation 2025-10-25']],
      ],
      [
        'a half hour that is taken away',
        `delete from ${ofHalfHours} where settlement_date = '2025-10-25' and settlement_period = 7`,
        [
          ['there are 47 of 48, ', 'ledger-differs', 'wind-generation 2025-10-25'],
          ['the half hours beneath the row', 'summary-differs', 'wind-generation 2025-10-25'],
        ],
      ],
      [
        'all half hours of a day, taken away',
        `delete from ${ofHalfHours} where settlement_date = '2025-10-25'`,
        [
          ['there are 0 of 48, unknown MWh', 'ledger-differs', 'wind-generation 2025-10-25'],
          ['the half hours beneath the row', 'summary-differs', 'wind-generation 2025-10-25'],
        ],
      ],
      [
        'the sum of a day',
        `update summary.daily_wind_generation set onshore_mwh = onshore_mwh + 1 where settlement_date = '2025-10-25'`,
        [
          ['daily_wind_generation of 2025-10-25: the row is not the sum', 'summary-differs', 'summarize 2025-10-25'],
          ['monthly_wind_generation of 2025-10: the row is not the sum', 'summary-differs', 'summarize 2025-10-25'],
        ],
      ],
      [
        'what a day rests on',
        `update summary.daily_wind_generation set derived_from = derived_from - 1 where settlement_date = '2025-10-25'`,
        [['daily_wind_generation of 2025-10-25: the row rests on older', 'stale-revision', 'summarize 2025-10-25']],
      ],
      [
        'a sum in the ledger',
        `update ${ofLedger} set offshore_mwh = offshore_mwh + 1 where settlement_date = '2025-10-25'`,
        [['wind_generation_days: The ledger says 48 of 48', 'ledger-differs', 'wind-generation 2025-10-25']],
      ],
      [
        'the periods that the ledger counts',
        `update ${ofLedger} set periods_loaded = 45 where settlement_date = '2025-03-30'`,
        [['The ledger says 45 of 46 periods', 'ledger-differs', 'wind-generation 2025-03-30']],
      ],
      [
        'the periods that the ledger expects',
        `update ${ofLedger} set periods_expected = 48 where settlement_date = '2025-03-30'`,
        [['The ledger says 46 of 48 periods', 'ledger-differs', 'wind-generation 2025-03-30']],
      ],
      [
        'the revision in the ledger',
        `update ${ofLedger} set revision = null where settlement_date = '2025-10-25'`,
        [
          ['wind_generation_days: The ledger has no revision', 'ledger-differs', 'wind-generation 2025-10-25'],
          ['daily_wind_generation of 2025-10-25: the row is there, and', 'summary-differs', 'summarize 2025-10-25'],
        ],
      ],
      [
        'a day that is taken away',
        `delete from summary.daily_wind_generation where settlement_date = '2025-03-30'`,
        [
          ['daily_wind_generation of 2025-03-30: the row is not there', 'summary-differs', 'summarize 2025-03-30'],
          [
            'monthly_wind_generation of 2025-03: the row is there, and nothing',
            'summary-differs',
            'summarize 2025-03-30',
          ],
        ],
      ],
      [
        'a day that nothing is known of',
        `insert into summary.daily_wind_generation values ('2025-10-29', 1, 2, 48, 1, 1)`,
        [
          [
            'daily_wind_generation of 2025-10-29: the row is there, and nothing',
            'summary-differs',
            'date 2025-10-29 && windfall summarize 2025-10-29',
          ],
          ['monthly_wind_generation of 2025-10: the row is not the sum', 'summary-differs', 'summarize 2025-10-25'],
        ],
      ],
      [
        'the days of a month',
        `update summary.monthly_wind_generation set days_loaded = 1 where month = '2025-10'`,
        [
          ['monthly_wind_generation of 2025-10: the row is not the sum', 'summary-differs', 'summarize 2025-10-25'],
          ['yearly_wind_generation of 2025: the row is not the sum', 'summary-differs', 'summarize 2025-03-30'],
        ],
      ],
      [
        'a month that nothing is known of',
        `insert into summary.monthly_wind_generation values ('2025-07', 1, null, 0, 1)`,
        [
          [
            'monthly_wind_generation of 2025-07: the row is there, and nothing',
            'summary-differs',
            'date 2025-07-01 && windfall summarize 2025-07-01',
          ],
          ['yearly_wind_generation of 2025: the row is not the sum', 'summary-differs', 'summarize 2025-03-30'],
        ],
      ],
      [
        'the sum of a year',
        `update summary.yearly_wind_generation set offshore_mwh = null where year = 2025`,
        [['yearly_wind_generation of 2025: the row is not the sum', 'summary-differs', 'summarize 2025-03-30']],
      ],
      [
        'a year that is taken away',
        `delete from summary.yearly_wind_generation where year = 2025`,
        [['yearly_wind_generation of 2025: the row is not there', 'summary-differs', 'summarize 2025-03-30']],
      ],
      [
        'a year that nothing is known of',
        `insert into summary.yearly_wind_generation values (2024, 1, 1, 1, 1)`,
        [
          [
            'yearly_wind_generation of 2024: the row is there, and nothing',
            'summary-differs',
            'date 2024-01-01 && windfall summarize 2024-01-01',
          ],
        ],
      ],
    ];

    it.each(tampering)('%s: the deep check says so, and its commands make it right', async (_, sql, found) => {
      // The sweep would be faster than the test where a ledger shows it.
      await stack.owner.query(`update ingestion.wind_generation_days set fetched_at = now() + interval '1 hour'`);
      const before = await known();
      expect(await deepCheck()).toEqual([]);
      await stack.owner.query(sql);
      const gaps = await deepCheck();
      expect(gaps).toHaveLength(found.length);
      for (const [detail, cause, command] of found) {
        const ours = expect.objectContaining({
          detail: expect.stringContaining(detail) as unknown,
          cause,
          repair: `windfall ${command}`,
        }) as unknown;
        expect(gaps).toContainEqual(ours);
      }
      const commands = new Set(gaps.flatMap(({ repair }) => repair.split(' && ')));
      for (const one of commands) await run(one);
      // The sums of wind generation follow those of curtailment, which end the job.
      await eventually(async () => expect(await deepCheck()).toEqual([]));
      expect(await known()).toEqual(before);
    });

    it('by a half hour where the source has none: no sum takes it in, and a fetch takes it away', async () => {
      const date = '2025-10-28';
      const lacking = { settlementDate: date, settlementPeriod: 9 };
      await stack.simulator.spoil({ kind: 'removed-rows', endpoint: 'wind-and-solar', rows: lacking });
      expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'completed' });
      await fetchWind(date);
      expect(await served(`daily/${date}`)).toMatchObject({ windPeriodsLoaded: 47 });
      const before = { known: await known(), served: await served(`daily/${date}`) };

      await stack.owner.query(`insert into ${ofHalfHours} values ($1, 9, 1000, 2000, now(), now())`, [date]);
      const repair = `windfall wind-generation ${date}`;
      const found = [
        expect.objectContaining({ detail: expect.stringContaining('the half hours beneath') as unknown, repair }),
        expect.objectContaining({ detail: expect.stringContaining('there are 48 of 48, ') as unknown, repair }),
      ];
      expect(await deepCheck()).toEqual(found);
      // Whoever sums instead changes nothing.
      await run(`windfall summarize ${date}`);
      expect(await deepCheck()).toEqual(found);
      expect(await served(`daily/${date}`)).toEqual(before.served);

      await run(repair);
      await eventually(async () => expect(await deepCheck()).toEqual([]));
      expect(await known()).toEqual(before.known);
      expect(await served(`daily/${date}`)).toEqual({ ...before.served, revision: expect.any(Number) });
    });

    async function known(): Promise<unknown> {
      const digest = await contentDigest(stack.owner);
      return tables.map((table) => digest[table]);
    }

    async function deepCheck(): Promise<Gap[]> {
      return (await stack.gateway.get<{ items: Gap[] }>('/api/reconciliation/analysis?deep=true')).items;
    }

    async function run(command: string): Promise<void> {
      const [, kind, date = ''] = command.split(' ');
      const request =
        kind === 'date'
          ? ({ kind, date } as const)
          : ({ kind: kind === 'wind-generation' ? kind : 'summarize', from: date } as const);
      expect(await stack.gateway.run(request)).toMatchObject({ state: 'completed' });
    }
  });
});
