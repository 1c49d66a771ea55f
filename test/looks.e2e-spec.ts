import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { eventually } from '@app/testing';
import { type ServedReport } from './gateway-client.js';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { storageDigest } from './table-digest.js';
import { tablesOf } from './tables-of.js';

const [first, second, third] = ['2025-06-01', '2025-06-02', '2025-06-03'] as const;
/** What operators look at; figures are looked at elsewhere. */
const ofOperators = /^\/api\/(reconciliation|diagnostics|coverage|difficulty)/;

interface Look {
  /** As the OpenAPI document names it. */
  route: string;
  /** With its parameters, where it has any. */
  path?: () => string;
  shows: (answer: never) => void;
}

describe('Whoever looks', () => {
  let stack: Stack;
  let job: Job;
  let report: ServedReport;

  beforeAll(async () => {
    stack = await startStack(lightDays(first, third));
    job = await stack.gateway.run({ kind: 'range', from: first, to: second, reason: 'to look at' });
    report = await stack.gateway.verify({ date: second, sampling: 'fixed' });
    // Nobody mends a period that failed but who is asked to.
    await stack.simulator.spoil({ kind: 'status', status: 400, date: third, periods: [5] });
    expect(await stack.gateway.run({ kind: 'ingest', date: third })).toMatchObject({ state: 'failed' });
  }, 120_000);

  const failed = {
    settlementDate: third,
    cause: 'fetch-failed',
    periods: [5],
    missingCalculations: 0,
    surplusCalculations: 0,
    repair: `windfall date ${third}`,
  };
  const jobs = '/api/reconciliation/jobs';
  const looks: Look[] = [
    {
      route: '/api/reconciliation/status',
      shows: (status: object) =>
        expect(status).toMatchObject({
          // Three days, 24 curtailed periods each but for one that failed, four farms, three models.
          combinations: 284,
          expectedCalculations: 852,
          actualCalculations: 852,
          percentage: 100,
          days: { complete: 2, partial: 1, blocked: 0, provisional: 0 },
          newestGaps: [{ settlementDate: third, cause: 'fetch-failed', periods: [5] }],
        }),
    },
    {
      route: '/api/reconciliation/analysis',
      path: () => `/api/reconciliation/analysis?from=${first}&to=${third}`,
      shows: (analysis: object) =>
        expect(analysis).toMatchObject({
          items: [failed],
          months: [{ month: '2025-06', gaps: 1 }],
          nextCursor: null,
        }),
    },
    {
      route: '/api/coverage',
      path: () => `/api/coverage?from=${first}&to=2025-06-04`,
      shows: ({ items }: { items: object[] }) =>
        expect(items).toMatchObject([
          { settlementDate: first, state: 'complete', periodsLoaded: 48, missing: [] },
          { settlementDate: second, state: 'complete', periodsLoaded: 48, missing: [] },
          {
            settlementDate: third,
            state: 'partial',
            periodsLoaded: 47,
            missing: [{ cause: 'fetch-failed', periods: [5], repair: `windfall date ${third}` }],
          },
          { settlementDate: '2025-06-04', state: 'absent', periodsLoaded: 0, missing: [{ cause: 'not-fetched' }] },
        ]),
    },
    {
      route: '/api/difficulty/{date}',
      path: () => `/api/difficulty/${first}`,
      shows: (difficulty: object) =>
        expect(difficulty).toMatchObject({
          // In force since 2025-05-31T00:01:30Z, by the published table; the fourth halving was a year before.
          mining: [{ fromPeriod: 1, toPeriod: 48, difficulty: '126982285146989', blockSubsidyBtc: '3.125' }],
          missing: [],
        }),
    },
    {
      route: '/api/diagnostics',
      shows: (diagnosis: object) =>
        expect(diagnosis).toMatchObject({ risk: expect.stringMatching(/^(low|medium|high)$/) as unknown }),
    },
    {
      route: '/api/diagnostics/test',
      shows: ({ probes }: { probes: { attempts: number; failed: number }[] }) => {
        expect(probes).toHaveLength(5);
        for (const probe of probes) expect(probe).toMatchObject({ attempts: 5, failed: 0 });
      },
    },
    {
      route: '/api/diagnostics/monitor',
      path: () => '/api/diagnostics/monitor?seconds=2',
      shows: (events: string) => expect(events.match(/^event: diagnostics$/gm)).toHaveLength(2),
    },
    {
      route: jobs,
      path: () => `${jobs}?kind=range`,
      shows: (list: object) => expect(list).toEqual({ items: [job], nextCursor: null }),
    },
    { route: `${jobs}/{id}`, path: () => `${jobs}/${job.id}`, shows: (one: Job) => expect(one).toEqual(job) },
    {
      route: `${jobs}/{id}/items`,
      path: () => `${jobs}/${job.id}/items`,
      shows: ({ items }: { items: object[] }) =>
        expect(items).toMatchObject([
          { settlementDate: first, state: 'completed', before: { records: null }, after: { records: 96 } },
          { settlementDate: second, state: 'completed', before: { records: null }, after: { records: 96 } },
        ]),
    },
    {
      route: `${jobs}/{id}/events`,
      path: () => `${jobs}/${job.id}/events`,
      // It has ended, and so do its events.
      shows: (events: string) => expect(events).toContain('"state":"completed"'),
    },
    {
      route: '/api/reconciliation/reports',
      path: () => `/api/reconciliation/reports?from=${second}&to=${second}`,
      shows: ({ items }: { items: object[] }) => expect(items).toMatchObject([{ id: report.id, outcome: 'same' }]),
    },
    {
      route: '/api/reconciliation/reports/{id}',
      path: () => `/api/reconciliation/reports/${report.id}`,
      shows: (one: ServedReport) => expect(one).toEqual(report),
    },
    {
      route: '/api/reconciliation/verifications/random-dates',
      path: () => '/api/reconciliation/verifications/random-dates?count=31',
      // All that are stored, since they are fewer.
      shows: (drawn: object) => expect(drawn).toMatchObject({ settlementDates: [third, second, first] }),
    },
    {
      route: '/api/reconciliation/dead-letters',
      shows: (list: object) => expect(list).toEqual({ items: [], nextCursor: null }),
    },
    {
      route: '/api/reconciliation/audit',
      path: () => `/api/reconciliation/audit?jobId=${job.id}`,
      shows: ({ items }: { items: object[] }) =>
        expect(items).toMatchObject([
          { action: 'end-job', outcome: 'completed', reason: 'to look at' },
          { action: 'submit-job', outcome: 'accepted', reason: 'to look at' },
        ]),
    },
    {
      route: '/api/reconciliation/audit/verification',
      shows: (verification: object) => expect(verification).toMatchObject({ intact: true, break: null }),
    },
  ];

  /** Every row of every table as it lies on the disk. */
  async function storage(): Promise<object> {
    return await storageDigest(stack.owner, await tablesOf(stack.owner));
  }

  it('finds here each route of operators that reads', async () => {
    const { paths } = await stack.gateway.get<{ paths: Record<string, { get?: object }> }>('/openapi.json');
    const reading = Object.keys(paths).filter((path) => ofOperators.test(path) && paths[path]?.get !== undefined);
    expect(looks.map(({ route }) => route).sort()).toEqual(reading.sort());
  });

  it.each(looks)('is told, and changes nothing: $route', async ({ route, path = () => route, shows }) => {
    await eventually(async () => {
      const unpublished = ['ingestion', 'calculation', 'summary', 'reconciliation'].map(
        (schema) => `select id from ${schema}.outbox where published_at is null`,
      );
      expect(await stack.owner.query(unpublished.join(' union all '))).toEqual([]);
    });
    const before = await storage();
    const isStream = route.endsWith('/events') || route.endsWith('/monitor');
    shows((isStream ? await stack.gateway.text(path()) : await stack.gateway.get(path())) as never);
    expect(await storage()).toEqual(before);
  });
});
