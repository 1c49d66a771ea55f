import { datesOfMonth } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, factorsOf } from '../test/days.js';
import { Database } from './database.js';
import { type Executor, rowOf, run } from './executor.js';
import { replaceCalculations } from './queries/calculation/replace-calculations.js';
import { rebuildBitcoinDailySummaries } from './queries/summary/rebuild-bitcoin-daily-summaries.js';
import { rebuildDailySummaries } from './queries/summary/rebuild-daily-summaries.js';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'CTE Name'?: string;
  Plans?: Plan[];
}

const facts = ['curtailment_records', 'historical_bitcoin_calculations'];
const cteOfFacts = [
  'farm',
  'difference',
  'lead_of_period',
  'difference_farm_daily_summaries',
  'difference_bitcoin_farm_daily_summaries',
];
type Statement = (executor: Executor, dates: readonly string[]) => Promise<unknown>;
const statements: Record<string, Statement> = {
  'replacing calculations': async (executor, dates) => {
    await replaceCalculations(executor, dates, factorsOf(dates), 1);
  },
  'summing energy and payment': async (executor, dates) => {
    await rebuildDailySummaries(executor, dates);
  },
  'summing bitcoin': async (executor, dates) => {
    await rebuildBitcoinDailySummaries(executor, dates);
  },
};

/*
 * A month's rows in a nested loop are 5 to 160 times slower than in a hash join, and whether Postgres falls for it depends on
 * what it knows of the tables.
 */
describe('the plan for a month of', () => {
  const may = datesOfMonth('2025-05');
  const june = datesOfMonth('2025-06');
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec', prefersHashJoins: true });
    // Statistics shall come when the test says so.
    for (const table of ['ingestion.curtailment_records', 'calculation.historical_bitcoin_calculations']) {
      await run(owner, `alter table ${table} set (autovacuum_enabled = false)`);
    }
    await store(may);
  });
  afterAll(() => owner.close());

  async function store(dates: readonly string[]): Promise<void> {
    await run(
      owner,
      `insert into ingestion.settlement_days (settlement_date, fetch_number, revision, periods_expected, fetched_at)
       select d::date, 1, nextval('ingestion.revision'), 48, now() from unnest($1::date[]) d`,
      [dates],
    );
    await run(
      owner,
      `insert into ingestion.curtailment_records (settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id,
                                                  lead_party, volume_mwh, original_price_gbp_per_mwh, so_flag)
       select d::date, p, 'bid', 'T_FARM-' || f, a, -1, 'Party ' || f % 5, -f, -50, true
       from unnest($1::date[]) d, generate_series(1, 48) p, generate_series(1, 10) f, generate_series(1, 2) a`,
      [dates],
    );
  }

  async function derive(dates: readonly string[]): Promise<void> {
    await owner.transaction(async (transaction) => {
      await calculate(transaction, dates);
      await aggregate(transaction, dates);
    });
  }

  /** Whether the plan joins rows of the facts, or the sums of the farms made of them, one by one. */
  function loops(plan: Plan): boolean {
    const scans = (node: Plan): boolean =>
      facts.includes(node['Relation Name'] ?? '') ||
      cteOfFacts.includes(node['CTE Name'] ?? '') ||
      (node.Plans ?? []).some(scans);
    if (plan['Node Type'] === 'Nested Loop' && scans(plan)) return true;
    return (plan.Plans ?? []).some(loops);
  }

  async function plansOf(work: Statement, dates: readonly string[]): Promise<Plan[]> {
    const plans: Plan[] = [];
    await owner.transaction(async (transaction) => {
      const explaining: Executor = {
        query: async (sql, parameters) => {
          if (sql.includes('set_config')) return await transaction.query(sql, parameters);
          const explained = await rowOf<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
            transaction,
            `explain (format json) ${sql}`,
            parameters,
          );
          plans.push(explained['QUERY PLAN'][0].Plan);
          // Some row, for a statement that always returns one.
          return [{}];
        },
      };
      await work(explaining, dates);
    });
    return plans;
  }

  async function expectNoLoops(work: Statement, dates: readonly string[]): Promise<void> {
    const plans = await plansOf(work, dates);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) {
      expect([loops(plan), JSON.stringify(plan, undefined, 1)]).toEqual([false, expect.any(String)]);
    }
  }

  const each = it.each(Object.entries(statements));

  each('%s has no nested loop before anything is calculated, with empty statistics', async (_, work) => {
    await expectNoLoops(work, may);
  });

  describe('days that are calculated,', () => {
    beforeAll(async () => {
      await derive(may);
    });

    each('%s has no nested loop with empty statistics', async (_, work) => {
      const known = await rowOf<{ known: boolean }>(
        owner,
        `select exists (select from pg_stats where tablename = any($1)) as known`,
        [facts],
      );
      expect(known).toEqual({ known: false });
      await expectNoLoops(work, may);
    });

    each('%s has no nested loop with fresh statistics', async (_, work) => {
      await run(owner, 'analyze');
      await expectNoLoops(work, may);
    });
  });

  describe('days that are newer than the statistics,', () => {
    beforeAll(async () => {
      await run(owner, 'analyze');
      await store(june);
    });

    each('%s has no nested loop before anything is calculated', async (_, work) => {
      await expectNoLoops(work, june);
    });

    describe('once that is done,', () => {
      beforeAll(() => derive(june));

      each('%s has no nested loop', async (_, work) => {
        await expectNoLoops(work, june);
      });
    });
  });
});
