import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CurtailedRow, energyByCombination, figuresOf, pickFigures } from './curtailed-rows.js';
import { btcPerMwh, type MinerModelName, minerModelNames, networkAt } from './mining-arithmetic.js';
import { type Stack, startStack } from './stack.js';

interface SpecialDay {
  date: string;
  why: string;
  periods: number;
  /** Difficulty and subsidy in force at the beginning of some periods. */
  network: Record<number, [difficulty: string, subsidy: string]>;
}

const days: SpecialDay[] = [
  {
    date: '2025-03-30',
    why: 'the clocks go forward',
    periods: 46,
    // Retarget 889056 on 2025-03-23 (difficulty.csv).
    network: { 1: ['113757508810853', '3.125'], 46: ['113757508810853', '3.125'] },
  },
  {
    date: '2025-10-26',
    why: 'the clocks go back',
    periods: 50,
    // Retarget 919296 on 2025-10-16.
    network: { 1: ['146716052770107', '3.125'], 50: ['146716052770107', '3.125'] },
  },
  {
    date: '2024-04-20',
    why: 'the subsidy halves',
    periods: 48,
    // Block 840000 came at 00:09:27Z, inside period 3, which begins at midnight UTC; retarget 838656 on 2024-04-10.
    network: { 3: ['86388558925171', '6.25'], 4: ['86388558925171', '3.125'] },
  },
  {
    date: '2024-04-24',
    why: 'the difficulty changes',
    periods: 48,
    // Retarget 840672 came at 14:51:52Z, inside period 32, which begins at 14:30Z.
    network: { 32: ['86388558925171', '3.125'], 33: ['88104191118793', '3.125'] },
  },
];

interface StoredCalculation {
  period: number;
  farm: string;
  model: MinerModelName;
  mwh: string;
  btc: string;
}

describe('Days that are not like the others', () => {
  let stack: Stack;

  beforeAll(async () => {
    const scenarios = days.map(({ date }) => `${date}=windy`).join(',');
    stack = await startStack({ SIMULATOR_SCENARIOS: scenarios });
    const jobs = await Promise.all(days.map(({ date }) => stack.gateway.run({ kind: 'date', date }, 180_000)));
    expect(jobs.map(({ state }) => state)).toEqual(days.map(() => 'completed'));
  }, 240_000);

  describe.each(days)('$date, on which $why', ({ date, periods, network }) => {
    let rows: CurtailedRow[];

    beforeAll(async () => {
      rows = await stack.simulator.curtailedRows(date, periods);
    });

    it(`has ${periods} periods, all of them fetched`, async () => {
      const day = await stack.gateway.daily(date);
      expect(day).toMatchObject({ state: 'complete', periodsExpected: periods, periodsLoaded: periods });
      const stored = await stack.owner.query(
        'select settlement_period from ingestion.settlement_periods where settlement_date = $1 order by 1',
        [date],
      );
      expect(stored).toEqual(Array.from({ length: periods }, (_, index) => ({ settlement_period: index + 1 })));
      // A period that nobody curtails would show nothing of its network.
      expect(new Set(rows.map(({ settlementPeriod }) => settlementPeriod)).size).toBe(periods);
    });

    it('is calculated with the network as it was when each period began', async () => {
      for (const [period, [difficulty, subsidy]] of Object.entries(network)) {
        expect(networkAt(date, Number(period))).toEqual({ difficulty, subsidy });
      }
      const stored = (await stack.owner.query(
        `select distinct settlement_period as period, difficulty::text, block_subsidy_btc::text as subsidy
         from calculation.historical_bitcoin_calculations where settlement_date = $1 order by 1`,
        [date],
      )) as object[];
      expect(stored).toEqual(
        Array.from({ length: periods }, (_, index) => ({ period: index + 1, ...networkAt(date, index + 1) })),
      );
    });

    it('has one calculation for each period, farm and model, exact to 20 decimals', async () => {
      const stored = (await stack.owner.query(
        `select settlement_period as period, farm_id as farm, miner_model as model, trim_scale(curtailed_mwh)::text as mwh,
                potential_btc::text as btc
         from calculation.historical_bitcoin_calculations where settlement_date = $1`,
        [date],
      )) as StoredCalculation[];
      const energy = energyByCombination(rows);
      for (const model of minerModelNames) {
        const calculations = stored.filter((calculation) => calculation.model === model);
        expect(new Map(calculations.map(({ period, farm, mwh }) => [`${date} ${period} ${farm}`, mwh]))).toEqual(
          energy,
        );
      }
      const inexact = stored.filter(({ period, model, mwh, btc }) =>
        btcPerMwh(networkAt(date, period), model).times(mwh).minus(btc).abs().gte('1e-20'),
      );
      expect(inexact.slice(0, 3)).toEqual([]);
    });

    it('is served as the exact sum of its rows, rounded once', async () => {
      expect(pickFigures(await stack.gateway.daily(date))).toEqual(figuresOf(rows));
    });
  });

  it('are summed into their month, which says what it lacks', async () => {
    const april = await Promise.all(
      ['2024-04-20', '2024-04-24'].map((date) => stack.simulator.curtailedRows(date, 48)),
    );
    const month = await stack.gateway.monthly('2024-04');
    expect(pickFigures(month)).toEqual(figuresOf(april.flat()));
    expect(month).toMatchObject({ state: 'partial', daysExpected: 30, daysComplete: 2 });
  });
});
