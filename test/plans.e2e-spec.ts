import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job, type JobRequest } from '@app/contracts';
import { addDays, settlementDateAt } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest, storageDigest } from './table-digest.js';
import { tablesOf } from './tables-of.js';

const jobs = '/api/reconciliation/jobs';
const [first, second] = ['2025-06-01', '2025-06-02'];
const yesterday = addDays(settlementDateAt(new Date().toISOString()), -1);
/** Curtailed in period 1 of each light day. */
const farm = 'T_MOWEO-1';
const calculations = 'calculation.historical_bitcoin_calculations';

type Kind = JobRequest['kind'];

interface Case {
  request: JobRequest;
  /** What is wrong when the plan is made, as statements of somebody who goes past all services. */
  damage?: string[];
  /** What somebody else does before the plan is carried out; it stores a revised day when left out. */
  move?: () => Promise<Job>;
  /** What the refusal names. */
  changes: { settlementDate: string; what: string }[];
}

const firstMoved = [{ settlementDate: first, what: 'summarised' }];
/** Too fresh for the sweep, which would mend it before anybody does. */
const lostCalculations = [
  `delete from ${calculations} where settlement_date = '${first}' and settlement_period = 1`,
  `update calculation.calculated_days set calculated_at = now() where settlement_date = '${first}'`,
];

describe('A plan', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ ...lightDays(first, second), SIMULATOR_SCENARIOS: `${yesterday}=quiet` });
    expect(await stack.gateway.run({ kind: 'range', from: first, to: second })).toMatchObject({ state: 'completed' });
  }, 120_000);
  beforeEach(allPublished);

  /** That an event was published is written down a moment after the job has ended. */
  async function allPublished(): Promise<void> {
    await eventually(async () => {
      const unpublished = ['ingestion', 'calculation', 'summary', 'reconciliation'].map(
        (schema) => `select id from ${schema}.outbox where published_at is null`,
      );
      expect(await stack.owner.query(unpublished.join(' union all '))).toEqual([]);
    });
  }

  /** Every row of every table as it lies on the disk. */
  async function storage(): Promise<Digest> {
    return await storageDigest(stack.owner, await tablesOf(stack.owner));
  }

  let revisions = 0;
  /** The source changes its mind about a period, and a colleague stores what it says now. */
  async function storeRevised(date: string): Promise<Job> {
    revisions += 1;
    await stack.simulator.revise(date, [
      { kind: 'change', settlementPeriod: 1, rows: 'curtailed', volume: -20 - revisions },
    ]);
    return await stack.colleague.run({ kind: 'ingest', date });
  }

  const repaired = (): Promise<Job> => stack.colleague.run({ kind: 'date', date: first });

  const cases: { [K in Kind]: Case } = {
    ingest: { request: { kind: 'ingest', date: first }, changes: firstMoved },
    'ingest-month': {
      request: { kind: 'ingest-month', month: '2025-06', from: first, to: second },
      changes: firstMoved,
    },
    date: { request: { kind: 'date', date: first }, changes: firstMoved },
    range: { request: { kind: 'range', from: first, to: second }, changes: firstMoved },
    reconcile: { request: { kind: 'reconcile' }, damage: lostCalculations, move: repaired, changes: firstMoved },
    critical: { request: { kind: 'critical', date: first, periods: '1-2' }, changes: firstMoved },
    'most-critical': {
      request: { kind: 'most-critical' },
      damage: lostCalculations,
      move: repaired,
      changes: firstMoved,
    },
    sequence: { request: { kind: 'sequence', date: first, batchSize: 24 }, changes: firstMoved },
    'spot-fix': { request: { kind: 'spot-fix', date: first, period: 1, farmId: farm }, changes: firstMoved },
    calculate: { request: { kind: 'calculate', from: first, to: second }, changes: firstMoved },
    summarize: { request: { kind: 'summarize', month: '2025-06' }, changes: firstMoved },
    fix: { request: { kind: 'fix', date: first, sampling: 'fixed' }, changes: firstMoved },
    'force-fix': { request: { kind: 'force-fix', date: first, sampling: 'fixed' }, changes: firstMoved },
    'difficulty-mismatch': {
      request: { kind: 'difficulty-mismatch', apply: true },
      damage: [`update ${calculations} set difficulty = difficulty + 1 where settlement_date = '${first}'`],
      move: repaired,
      changes: firstMoved,
    },
    'bmu-mapping': {
      request: { kind: 'bmu-mapping', apply: true },
      damage: [`update ingestion.register_versions set content_hash = 'other'`],
      move: () => stack.colleague.run({ kind: 'bmu-mapping', apply: true }),
      // A register is of no date.
      changes: [],
    },
    'wind-generation': {
      request: { kind: 'wind-generation', from: first },
      move: () => stack.colleague.run({ kind: 'wind-generation', from: first, to: second }),
      changes: [{ settlementDate: first, what: 'ingested' }],
    },
    'daily-check': {
      request: { kind: 'daily-check', days: 1 },
      move: () => stack.colleague.run({ kind: 'ingest', date: yesterday }),
      // Nothing is known of its difficulty, so nothing is summed.
      changes: [{ settlementDate: yesterday, what: expect.any(String) as unknown as string }],
    },
  };

  it.each(Object.entries(cases))(
    'of %s writes nothing, and is carried out only in the world that it was made in',
    async (kind, { request, damage = [], move = () => storeRevised(first), changes }) => {
      for (const statement of damage) await stack.owner.query(statement);
      const untouched = await storage();
      const outdated = await stack.gateway.plan(request);
      expect(await storage()).toEqual(untouched);

      expect(['completed', 'failed']).toContain((await move()).state);
      await allPublished();
      const before = await contentDigest(stack.owner);
      const refused = await stack.gateway.send(jobs, { ...request, planHash: outdated.planHash });
      expect([refused.status, await refused.json()]).toEqual([
        409,
        expect.objectContaining({
          code: 'plan-outdated',
          changes: changes.map((change) => ({ ...change, at: expect.stringMatching(/Z$/) })),
        }),
      ]);
      expect(await contentDigest(stack.owner)).toEqual(before);

      const fresh = await stack.gateway.plan(request);
      const job = await stack.gateway.run({ ...request, planHash: fresh.planHash });
      expect([job.state, job.totals.items]).toEqual([
        kind === 'daily-check' ? 'failed' : 'completed',
        fresh.items.length,
      ]);
    },
  );

  it('says what has changed since, and where nothing shows why, that', async () => {
    const { planHash } = await stack.gateway.plan({ kind: 'range', from: first, to: second });
    await storeRevised(second);
    expect(await detailOf({ kind: 'range', from: first, to: second, planHash })).toMatch(
      /^What is stored of its dates is another now than at the plan of [\d:.TZ-]+: 2025-06-02 was summarised at [\d:.TZ-]+Z\./,
    );
    const { planHash: unseen } = await stack.gateway.plan({ kind: 'date', date: first });
    await stack.owner.query(`delete from ${calculations} where settlement_date = '${first}' and miner_model = 'S9'`);
    expect(await detailOf({ kind: 'date', date: first, planHash: unseen })).toContain(
      'somebody changed rows in the database',
    );
    expect(await stack.gateway.run({ kind: 'date', date: first })).toMatchObject({ state: 'completed' });
  });

  it('is of its own request only, whoever carries it out and for whatever reason', async () => {
    const { planHash } = await stack.gateway.plan({ kind: 'date', date: first });
    expect(await detailOf({ kind: 'date', date: second, planHash })).toContain('of another request');
    // What happens to other dates is no concern of it.
    await storeRevised(second);
    const job = await stack.colleague.run({ kind: 'date', date: first, planHash, reason: 'as planned' });
    expect(job).toMatchObject({ state: 'completed', reason: 'as planned', requestedBy: 'colleague' });
    const submitted = `/api/reconciliation/audit?action=submit-job&outcome=accepted&limit=1`;
    expect(await stack.gateway.get(submitted)).toMatchObject({ items: [{ jobId: job.id, planHash }] });
  });

  async function detailOf(request: JobRequest): Promise<string> {
    const refused = await stack.gateway.send(jobs, request);
    expect(refused.status).toBe(409);
    return ((await refused.json()) as { detail: string }).detail;
  }
});
