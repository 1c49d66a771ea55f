import { datesOfMonth } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aggregate, calculate, factorsOf } from '../test/days.js';
import { Database } from './database.js';
import { type Executor, rowOf, run } from './executor.js';
import { preferHashJoins } from './queries/calculation/prefer-hash-joins.js';
import { deleteSurplusCalculations, insertMissingCalculations } from './queries/calculation/replace-calculations.js';
import { rebuildBitcoinDailySummaries } from './queries/summary/rebuild-bitcoin-daily-summaries.js';
import { rebuildDailySummaries } from './queries/summary/rebuild-daily-summaries.js';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}

const dates = datesOfMonth('2025-05');
const facts = ['curtailment_records', 'historical_bitcoin_calculations'];
const statements: Record<string, (executor: Executor) => Promise<unknown>> = {
  'deleting surplus calculations': async (executor) => {
    await preferHashJoins(executor);
    await deleteSurplusCalculations(executor, dates, factorsOf(dates), 1);
  },
  'inserting missing calculations': async (executor) => {
    await preferHashJoins(executor);
    await insertMissingCalculations(executor, dates, factorsOf(dates), 1);
  },
  'summing energy and payment': (executor) => rebuildDailySummaries(executor, dates),
  'summing bitcoin': (executor) => rebuildBitcoinDailySummaries(executor, dates),
};

/*
 * A month's rows in a nested loop are 5 to 160 times slower than in a hash join, and whether Postgres falls for it depends on
 * what it knows of the tables.
 */
describe('the plan for a month of', () => {
  let owner: Database;

  beforeAll(async () => {
    const { ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    // Statistics shall come when the test says so.
    for (const table of ['ingestion.curtailment_records', 'calculation.historical_bitcoin_calculations']) {
      await run(owner, `alter table ${table} set (autovacuum_enabled = false)`);
    }
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
  });
  afterAll(() => owner.close());

  /** Whether the plan joins rows of the facts one by one. */
  function loopsOverFacts(plan: Plan): boolean {
    const scans = (node: Plan): boolean =>
      facts.includes(node['Relation Name'] ?? '') || (node.Plans ?? []).some((child) => scans(child));
    if (plan['Node Type'] === 'Nested Loop' && scans(plan)) return true;
    return (plan.Plans ?? []).some((child) => loopsOverFacts(child));
  }

  async function plansOf(work: (executor: Executor) => Promise<unknown>): Promise<Plan[]> {
    const plans: Plan[] = [];
    await owner.transaction(async (transaction) => {
      await work({
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
      });
    });
    return plans;
  }

  async function expectNoLoops(work: (executor: Executor) => Promise<unknown>): Promise<void> {
    const plans = await plansOf(work);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans)
      expect([loopsOverFacts(plan), JSON.stringify(plan, undefined, 1)]).toEqual([false, expect.any(String)]);
  }

  const each = it.each(Object.entries(statements));

  each('%s has no nested loop before anything is calculated, with empty statistics', async (_, work) => {
    await expectNoLoops(work);
  });

  describe('days that are calculated,', () => {
    beforeAll(async () => {
      await calculate(owner, dates);
      await aggregate(owner, dates);
    });

    each('%s has no nested loop with empty statistics', async (_, work) => {
      const known = await rowOf<{ known: boolean }>(
        owner,
        `select exists (select from pg_stats where tablename = any($1)) as known`,
        [facts],
      );
      expect(known).toEqual({ known: false });
      await expectNoLoops(work);
    });

    each('%s has no nested loop with fresh statistics', async (_, work) => {
      await run(owner, 'analyze');
      await expectNoLoops(work);
    });
  });
});
