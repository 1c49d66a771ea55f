import { aggregationRequestedV1, calculationRequestedV1 } from '@app/contracts';
import { type Gap } from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { eventually } from '@app/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { historyDays } from '../bench/src/history/history-days.js';
import { storeHistory } from '../bench/src/history/store-history.js';
import { takeAwayScattered, takeAwayWholeDates } from '../bench/src/history/take-away.js';
import { type Stack, startStack } from './stack.js';

interface Status {
  combinations: number;
  expectedCalculations: number;
  actualCalculations: number;
  percentage: number;
  days: Record<string, number>;
}

interface Analysis {
  items: Gap[];
  months: { month: string; gaps: number }[];
}

const PATIENCE_MS = 240_000;
/** The platform once had 1,035,073 of 1,511,934. */
const MISSING = 1 - 1_035_073 / 1_511_934;

/** A sixteenth of the old platform's history: 137 dates, 31,499 combinations. */
describe('The history of the old platform, 68.46 % of it calculated,', () => {
  const days = historyDays(1 / 16);
  const dates = days.map((day) => day.settlementDate);
  const [from, to] = [dates[0] ?? '', dates.at(-1) ?? ''];
  const combinations = 31_499;
  let stack: Stack;

  const status = () => stack.gateway.get<Status>('/api/reconciliation/status');
  const analysis = (query = '') => stack.gateway.get<Analysis>(`/api/reconciliation/analysis?limit=1000${query}`);
  const deepCheck = (query = '') => analysis(`&deep=true${query}`);
  const causesOf = ({ items }: Analysis) => [...new Set(items.map((gap) => gap.cause))].sort();

  async function completeEverything(): Promise<void> {
    const job = await stack.gateway.run({ kind: 'range', from, to, batchSize: 31 }, PATIENCE_MS);
    expect([job.state, job.cause]).toEqual(['completed', null]);
  }

  async function revisions(): Promise<{ date: string; revision: number; summary: number }[]> {
    return (await stack.owner.query(
      `select c.settlement_date as date, c.revision, a.revision as summary from calculation.calculated_days c
       join summary.aggregated_days a using (settlement_date) order by 1`,
    )) as { date: string; revision: number; summary: number }[];
  }

  /** Asks for some dates as a job does, whatever the ledgers say of them. */
  async function request(contract: typeof calculationRequestedV1 | typeof aggregationRequestedV1, of: string[]) {
    const event = newEvent(contract, { settlementDates: of, jobId: null }, { source: 'reconciler' });
    await stack.owner.transaction((transaction) => addToOutbox(transaction, 'reconciliation', [event]));
  }

  /** Every event that was announced has reached the service, and been handled. */
  async function everythingHandled(service: 'calculator' | 'aggregator'): Promise<void> {
    await eventually(async () => {
      const unpublished = 'select from reconciliation.outbox where published_at is null';
      expect(await stack.owner.query(unpublished)).toEqual([]);
      const metrics = await (await fetch(`${stack.services[service].url}/metrics`)).text();
      const lags = metrics.split('\n').filter((line) => line.startsWith('windfall_consumer_lag{'));
      expect(lags.length).toBeGreaterThan(0);
      expect(lags.filter((line) => !/ 0( \d+)?$/.test(line))).toEqual([]);
    });
  }

  beforeAll(async () => {
    stack = await startStack();
    await storeHistory(stack.owner, days);
    await completeEverything();
  }, PATIENCE_MS + 60_000);

  it('is complete before anything is taken away, and the deep check finds nothing', async () => {
    expect(await status()).toMatchObject({
      combinations,
      expectedCalculations: 3 * combinations,
      actualCalculations: 3 * combinations,
      percentage: 100,
      days: { complete: dates.length, partial: 0 },
    });
    expect(await deepCheck()).toEqual({ items: [], months: [], nextCursor: null });
  });

  it('is told of, its causes named, repaired by a job, and found right by the deep check', async () => {
    await takeAwayWholeDates(stack.owner, MISSING / 2);
    const left = (await status()).actualCalculations;
    await takeAwayScattered(stack.owner, 1 - ((1 - MISSING) * 3 * combinations) / left);
    expect(await status()).toMatchObject({ percentage: 68.46, expectedCalculations: 94_497 });

    const found = await analysis();
    expect(causesOf(found)).toEqual(['not-calculated']);
    const missing = found.items.reduce((sum, gap) => sum + gap.missingCalculations, 0);
    expect(missing).toBe(94_497 - (await status()).actualCalculations);
    const sizes = found.items.map((gap) => gap.missingCalculations);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(found.items.every((gap) => gap.repair === `windfall date ${gap.settlementDate}`)).toBe(true);

    await completeEverything();
    expect(await status()).toMatchObject({ percentage: 100, days: { complete: dates.length, partial: 0 } });
    expect((await deepCheck()).items).toEqual([]);
  });

  describe('when somebody changes what is stored,', () => {
    /** Days with data, none of them twice. */
    const [one, two, three, four, five, six, seven] = days
      .filter((day) => day.combinations > 20)
      .map((d) => d.settlementDate);
    const first = one ?? '';
    const month = first.slice(0, 7);

    const tampering: [what: string, sql: string, date: string, causes: string[], command: string][] = [
      [
        'the value of a calculation',
        `update calculation.historical_bitcoin_calculations set potential_btc = potential_btc * 2
         where (settlement_date, settlement_period, farm_id, miner_model) = (
           select settlement_date, settlement_period, farm_id, miner_model from calculation.historical_bitcoin_calculations
           where settlement_date = '${first}' limit 1)`,
        first,
        ['calculation-differs', 'summary-differs'],
        `windfall calculate ${first}`,
      ],
      [
        'a calculation of one farm to one of another, so that the counts stay',
        `update calculation.historical_bitcoin_calculations set farm_id = 'T_NOBODY-1'
         where (settlement_date, settlement_period, farm_id, miner_model) = (
           select settlement_date, settlement_period, farm_id, miner_model from calculation.historical_bitcoin_calculations
           where settlement_date = '${two}' limit 1)`,
        two ?? '',
        ['not-calculated', 'summary-differs', 'surplus-rows'],
        `windfall calculate ${two}`,
      ],
      [
        'the ledger of calculations',
        `update calculation.calculation_counts set calculations = 1 where settlement_date = '${three}' and miner_model = 'S9'`,
        three ?? '',
        ['ledger-differs', 'not-calculated'],
        `windfall calculate ${three}`,
      ],
      [
        'what is kept of a month',
        `update reconciliation.month_days set complete = 0, partial = 31 where month = '${month}-01'`,
        first,
        ['ledger-differs'],
        `windfall calculate ${first}`,
      ],
      ...(
        [
          ['daily_summaries', `curtailed_mwh = 1 where settlement_date = '${four}'`, four],
          ['farm_daily_summaries', `payment_gbp = 1 where settlement_date = '${four}'`, four],
          ['bitcoin_daily_summaries', `potential_btc = 1 where settlement_date = '${five}'`, five],
          ['bitcoin_farm_daily_summaries', `lead_party = lead_party || '!' where settlement_date = '${six}'`, six],
          ['monthly_summaries', `payment_gbp = 1 where month = '${month}'`, first],
          ['farm_monthly_summaries', `lead_party = lead_party || '!' where month = '${month}'`, first],
          ['bitcoin_monthly_summaries', `potential_btc = 1 where month = '${month}'`, first],
          ['bitcoin_farm_monthly_summaries', `potential_btc = 1 where month = '${month}'`, first],
          ['yearly_summaries', `absolute_payment_gbp = 1 where year = 2019`, seven],
          ['farm_yearly_summaries', `curtailed_mwh = 1 where year = 2019`, seven],
          ['bitcoin_yearly_summaries', `potential_btc = 1 where year = 2019`, seven],
          ['bitcoin_farm_yearly_summaries', `potential_btc = 1 where year = 2019`, seven],
        ] as const
      ).map(([table, change, date]): [string, string, string, string[], string] => [
        `a row of ${table}`,
        `update summary.${table} set ${change}`,
        date ?? '',
        ['summary-differs'],
        'windfall summarize',
      ]),
    ];

    it.each(tampering)(
      '%s, the deep check says so, and a request makes it right',
      async (_, sql, date, causes, command) => {
        // The sweep would be faster than the test where a ledger shows it.
        await stack.owner.query(`update calculation.calculated_days set calculated_at = now() + interval '1 hour'`);
        await stack.owner.query(sql);
        const found = await deepCheck();
        expect(causesOf(found)).toEqual(causes);
        expect(found.items.map((gap) => gap.repair)).toContainEqual(expect.stringContaining(command));

        await request(calculationRequestedV1, [date]);
        await request(aggregationRequestedV1, [date]);
        await eventually(async () => expect((await deepCheck()).items).toEqual([]), 60_000);
        expect((await status()).percentage).toBe(100);
      },
    );

    it('a request for what is right changes no revision', async () => {
      const before = await revisions();
      const asked = [first, two ?? ''];
      await request(calculationRequestedV1, asked);
      await request(aggregationRequestedV1, asked);
      for (const service of ['calculator', 'aggregator'] as const) await everythingHandled(service);
      expect(await revisions()).toEqual(before);
    });

    it('a request for several days gives a new revision to the one that was wrong, and to no other', async () => {
      const before = await revisions();
      // Month and year go with the day, as if it had once been so.
      await stack.owner.query(
        `with day as (update summary.daily_summaries set curtailed_mwh = curtailed_mwh + 1 where settlement_date = '${first}'),
              month as (update summary.monthly_summaries set curtailed_mwh = curtailed_mwh + 1 where month = '${month}')
         update summary.yearly_summaries set curtailed_mwh = curtailed_mwh + 1 where year = left('${month}', 4)::smallint`,
      );
      const asked = dates.filter((date) => date.startsWith(month));
      expect(asked.length).toBeGreaterThan(1);
      await request(aggregationRequestedV1, asked);
      await everythingHandled('aggregator');
      expect((await deepCheck()).items).toEqual([]);
      const after = new Map((await revisions()).map((day) => [day.date, day.summary]));
      expect(before.filter((day) => after.get(day.date) !== day.summary).map((day) => day.date)).toEqual([first]);
    });
  });
});
