import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job, type JobPlan, type JobRequest, jobRequest } from '@app/contracts';
import { addDays, settlementDateAt } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';
import { holdTable } from './table-hold.js';

const [first, second, third] = ['2025-06-01', '2025-06-02', '2025-06-03'] as const;
const calculations = 'calculation.historical_bitcoin_calculations';

type Kind = JobRequest['kind'];

interface Case {
  /** What is wrong before, as statements of somebody who goes past all services. */
  damage: string[];
  request: JobRequest;
  /** Tables whose content the damage changed and the job put right; none when it only looks. */
  repairs: string[];
  /** What else it tells or does. */
  also?(job: Job): Promise<void> | void;
}

/** A period whose records are gone, as if another content had been stored. */
const lostRecords = (date: string, period: number) => [
  `delete from ingestion.curtailment_records where settlement_date = '${date}' and settlement_period = ${period}`,
  `update ingestion.settlement_periods set content_hash = 'other' where settlement_date = '${date}' and settlement_period = ${period}`,
];
/** Too fresh for the sweep, which would mend it before the job does. */
const lostCalculations = (date: string, where = 'true') => [
  `delete from ${calculations} where settlement_date = '${date}' and ${where}`,
  `update calculation.calculated_days set calculated_at = now() where settlement_date = '${date}'`,
];
const wrongPrice = (date: string) =>
  `update ingestion.curtailment_records set original_price_gbp_per_mwh = original_price_gbp_per_mwh + 1
   where settlement_date = '${date}' and settlement_period = 1`;

describe('Each kind of job', () => {
  let stack: Stack;
  let right: Digest;
  let farm: string;

  async function digest(): Promise<Digest> {
    const all = Object.entries(await contentDigest(stack.owner));
    // What jobs leave behind of themselves is no content, nor is the register, which has versions.
    return Object.fromEntries(
      all.filter(
        ([table]) => !/^(reconciliation\.(job|outbox|verification)|ingestion\.(bm_units|register))/.test(table),
      ),
    );
  }

  async function wrongTables(): Promise<string[]> {
    const now = await digest();
    return Object.keys(right).filter((table) => JSON.stringify(now[table]) !== JSON.stringify(right[table]));
  }

  const onlyRecords = ['ingestion.curtailment_records', 'ingestion.settlement_days', 'ingestion.settlement_periods'];
  const cases: { [K in Kind]: () => Case } = {
    ingest: () => ({
      damage: lostRecords(first, 11),
      request: { kind: 'ingest', date: first, periods: '10-12' },
      repairs: onlyRecords,
    }),
    'ingest-month': () => ({
      damage: [...lostRecords(first, 11), ...lostRecords(second, 13)],
      request: { kind: 'ingest-month', month: '2025-06', from: first, to: second },
      repairs: onlyRecords,
      also: (job) => expect(job.totals).toMatchObject({ items: 2, completed: 2 }),
    }),
    date: () => ({
      damage: lostCalculations(first, `farm_id = '${farm}'`),
      request: { kind: 'date', date: first },
      repairs: [calculations],
    }),
    range: () => ({
      damage: [
        `update ${calculations} set potential_btc = potential_btc * 2 where settlement_date = '${first}' and miner_model = 'S9'`,
        `update summary.daily_summaries set curtailed_mwh = 1 where settlement_date = '${second}'`,
      ],
      request: { kind: 'range', from: first, to: third },
      repairs: [calculations, 'summary.daily_summaries'],
    }),
    reconcile: () => ({
      damage: [...lostCalculations(first), ...lostCalculations(third, `settlement_period = 1`)],
      request: { kind: 'reconcile' },
      repairs: [calculations],
      also: (job) => expect(job.totals).toMatchObject({ items: 2, completed: 2 }),
    }),
    critical: () => ({
      damage: [wrongPrice(first)],
      request: { kind: 'critical', date: first, periods: '1-2' },
      repairs: ['ingestion.curtailment_records'],
    }),
    'most-critical': () => ({
      damage: [...lostCalculations(first, 'settlement_period = 1'), ...lostCalculations(second)],
      request: { kind: 'most-critical' },
      repairs: [calculations],
      also: async (job) => {
        // 24 periods, four farms, three models.
        expect(job.result).toMatchObject({ largestGap: { settlementDate: second, calculations: 288 } });
        await stack.gateway.run({ kind: 'date', date: first });
      },
    }),
    sequence: () => ({
      damage: lostRecords(second, 47),
      request: { kind: 'sequence', date: second, batchSize: 24 },
      repairs: onlyRecords,
    }),
    'spot-fix': () => ({
      damage: [
        `update ${calculations} set potential_btc = 1 where settlement_date = '${first}' and settlement_period in (1, 3)`,
      ],
      request: { kind: 'spot-fix', date: first, period: 3, farmId: farm },
      repairs: [],
      also: async () => {
        // Two periods, four farms and three models were wrong; those of one period and farm are right again.
        expect(await stack.owner.query(`select from ${calculations} where potential_btc = 1`)).toHaveLength(21);
        await stack.gateway.run({ kind: 'date', date: first });
      },
    }),
    calculate: () => ({
      damage: [
        `update ${calculations} set potential_btc = 1 where settlement_date = '${first}' and settlement_period = 1`,
      ],
      request: { kind: 'calculate', from: first, to: second, minerModel: 'S9' },
      repairs: [],
      also: async () => {
        const wrong = await stack.owner.query(`select from ${calculations} where potential_btc = 1`);
        expect(wrong).toHaveLength(8);
        await stack.gateway.run({ kind: 'calculate', from: first });
      },
    }),
    summarize: () => ({
      damage: [
        `update summary.monthly_summaries set payment_gbp = 0`,
        `delete from summary.bitcoin_farm_daily_summaries where settlement_date = '${second}'`,
      ],
      request: { kind: 'summarize', month: '2025-06' },
      repairs: ['summary.monthly_summaries', 'summary.bitcoin_farm_daily_summaries'],
    }),
    fix: () => ({
      damage: [wrongPrice(second)],
      request: { kind: 'fix', date: second, sampling: 'fixed' },
      repairs: ['ingestion.curtailment_records'],
    }),
    'force-fix': () => ({
      damage: [
        `delete from ingestion.curtailment_records where settlement_date = '${third}' and settlement_period = 5`,
      ],
      request: { kind: 'force-fix', date: third },
      repairs: ['ingestion.curtailment_records'],
    }),
    'difficulty-mismatch': () => ({
      damage: [
        `update ${calculations} set difficulty = difficulty + 1 where settlement_date = '${second}' and settlement_period = 7`,
      ],
      request: { kind: 'difficulty-mismatch', apply: true },
      repairs: [calculations],
      also: (job) => expect(job.result).toEqual({ mismatches: [{ settlementDate: second, periods: [7] }] }),
    }),
    'bmu-mapping': () => ({
      damage: [
        `delete from ingestion.bm_units where farm_id = '${farm}'`,
        `update ingestion.register_versions set content_hash = 'other'`,
        ...lostRecords(third, 9),
        `update ingestion.settlement_periods set uncounted_unit_ids = '{${farm}}'
         where settlement_date = '${third}' and settlement_period = 9`,
      ],
      request: { kind: 'bmu-mapping', apply: true },
      repairs: onlyRecords,
      also: (job) => {
        expect(job.result).toMatchObject({ added: [{ farmId: farm, countedAsWind: true }], removed: [] });
        expect(job.totals).toMatchObject({ items: 2, completed: 2 });
      },
    }),
    'wind-generation': () => ({
      damage: [`delete from ingestion.wind_generation_data`, `delete from ingestion.wind_generation_days`],
      request: { kind: 'wind-generation', from: first, to: third },
      repairs: ['ingestion.wind_generation_data'],
    }),
    'daily-check': () => ({
      damage: [],
      request: { kind: 'daily-check', days: 1 },
      repairs: [],
      also: async (job) => {
        const yesterday = addDays(settlementDateAt(new Date().toISOString()), -1);
        expect(await stack.gateway.items(job)).toMatchObject([
          { settlementDate: yesterday, before: { records: null }, after: { records: expect.any(Number) as unknown } },
        ]);
      },
    }),
  };

  beforeAll(async () => {
    stack = await startStack(lightDays(first, third));
    expect(await stack.gateway.run({ kind: 'range', from: first, to: third })).toMatchObject({ state: 'completed' });
    const wind = await stack.gateway.run({ kind: 'wind-generation', from: first, to: third });
    expect(wind).toMatchObject({ state: 'completed' });
    const farms = await stack.owner.query('select min(farm_id) as farm from ingestion.curtailment_records');
    farm = (farms as { farm: string }[])[0]?.farm ?? '';
    right = await digest();
  }, 120_000);

  beforeEach(async () => {
    expect(await wrongTables()).toEqual([]);
  });

  it('is looked at here', () => {
    const kinds = jobRequest.options.map((option) => option.shape.kind.value);
    expect(Object.keys(cases).sort()).toEqual([...kinds].sort());
  });

  it.each(Object.entries(cases))('%s tells its plan, changes nothing by that, and then does it', async (kind, make) => {
    const { damage, request, repairs, ...rest } = make();
    for (const statement of damage) await stack.owner.query(statement);
    const wrong = await wrongTables();
    expect(wrong).toEqual(expect.arrayContaining(repairs));

    // The sweep may see the damage as well; until the plans are compared it mends nothing.
    const ledgers = ['calculation.calculated_days', 'summary.aggregated_days'];
    const letGo = await Promise.all(ledgers.map((ledger) => holdTable(stack.owner, ledger)));
    const untouched = await contentDigest(stack.owner);
    const plan = await stack.gateway.plan(request);
    expect(await stack.gateway.plan(request)).toMatchObject({
      planHash: expect.stringContaining(digestOf(plan)) as unknown,
    });
    expect(await contentDigest(stack.owner)).toEqual(untouched);
    for (const release of letGo) await release();

    const job = await stack.gateway.run({ ...request, planHash: plan.planHash });
    // Nothing is known of the difficulty of yesterday, whenever that is.
    expect([kind, job.state, job.cause?.code]).toEqual(
      kind === 'daily-check' ? [kind, 'failed', 'difficulty-missing'] : [kind, 'completed', undefined],
    );
    expect(job.totals.items).toBeGreaterThanOrEqual(plan.totals.items);
    await rest.also?.(job);
    if (kind !== 'daily-check') await eventually(async () => expect(await wrongTables()).toEqual([]));
  });
});

function digestOf({ planHash }: JobPlan): string {
  return planHash.split('-')[1] ?? '';
}
