import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CurtailedRow, energyByCombination, figuresOf } from './curtailed-rows.js';
import { Decimal, minerModelNames } from './mining-arithmetic.js';
import {
  expectedDates,
  expectedLines,
  recordedRows,
  recording,
  uncountedPeriods,
  uncountedUnits,
} from './recording.js';
import { type Stack, startStack } from './stack.js';

const { from, to, path, isHere } = recording;
const describeRecorded = isHere ? describe : describe.skip;
const whereFrom = isHere ? '' : ' (skipped: ../shared/data is not here)';

describeRecorded(`Two recorded months, 2025-04 and 2025-05${whereFrom}`, () => {
  let stack: Stack;
  let rows: readonly CurtailedRow[];
  let dates: string[];

  beforeAll(async () => {
    rows = recordedRows();
    stack = await startStack({ SIMULATOR_RECORDING: path });
    dates = (
      await stack.gateway.get<{ items: { settlementDate: string }[] }>(`/api/coverage?from=${from}&to=${to}`)
    ).items.map(({ settlementDate }) => settlementDate);
    const job = await stack.gateway.run({ kind: 'range', from, to, batchSize: 10 }, 600_000);
    expect(job).toMatchObject({ state: 'completed', totals: { items: 61, completed: 61 } });
  }, 660_000);

  it('end complete on every one of their 61 days', async () => {
    const states = await Promise.all(dates.map(async (date) => [date, (await stack.gateway.daily(date)).state]));
    expect(states).toEqual(dates.map((date) => [date, 'complete']));
    expect(dates).toHaveLength(61);
  });

  it('store exactly the recorded energy of each farm and period', async () => {
    const stored = (await stack.owner.query(
      `select settlement_date || ' ' || settlement_period || ' ' || farm_id as key,
              trim_scale(-sum(volume_mwh))::text as mwh
       from ingestion.curtailment_records group by settlement_date, settlement_period, farm_id`,
    )) as { key: string; mwh: string }[];
    expect(energyOf(stored)).toEqual(energyByCombination(rows));
  });

  it('remember where units were left out because the register does not call them wind', async () => {
    const stored = (await stack.owner.query(
      `select settlement_date || ' ' || settlement_period || ' ' || unit_id as key
       from ingestion.settlement_periods, unnest(uncounted_unit_ids) as unit_id where unit_id = any($1)`,
      [[...uncountedUnits.values()]],
    )) as { key: string }[];
    expect(new Set(stored.map(({ key }) => key))).toEqual(uncountedPeriods());
  });

  it('calculate from exactly the recorded energy, once for each model', async () => {
    for (const model of minerModelNames) {
      const stored = (await stack.owner.query(
        `select settlement_date || ' ' || settlement_period || ' ' || farm_id as key, trim_scale(curtailed_mwh)::text as mwh
         from calculation.historical_bitcoin_calculations where miner_model = $1`,
        [model],
      )) as { key: string; mwh: string }[];
      expect(energyOf(stored)).toEqual(energyByCombination(rows));
    }
  });

  it.each(expectedDates)('agree to 20 decimals with an exact computation of each combination of %s', async (date) => {
    const expected = expectedLines(date).filter((line) => line.settlement_period !== 'day');
    const stored = (await stack.owner.query(
      `select settlement_period || ' ' || farm_id || ' ' || miner_model as key, potential_btc::text as btc,
              difficulty::text, block_subsidy_btc::text as subsidy
       from calculation.historical_bitcoin_calculations where settlement_date = $1`,
      [date],
    )) as { key: string; btc: string; difficulty: string; subsidy: string }[];
    const calculations = new Map(stored.map((row) => [row.key, row]));
    expect(calculations.size).toBe(expected.length * minerModelNames.length);
    const differing = expected.flatMap((line) =>
      minerModelNames.filter((model) => {
        const found = calculations.get(`${line.settlement_period ?? ''} ${line.farm_id ?? ''} ${model}`);
        return (
          found?.difficulty !== line.difficulty ||
          found?.subsidy !== line.block_subsidy_btc ||
          // The expected value is itself rounded to 24 places.
          new Decimal(found?.btc ?? 0)
            .minus(line[model] ?? 0)
            .abs()
            .gte('1e-20')
        );
      }),
    );
    expect(differing.slice(0, 3)).toEqual([]);
  });

  it.each(expectedDates)('are served to the last digit as the exact sums of %s', async (date) => {
    const [day] = expectedLines(date).filter((line) => line.settlement_period === 'day');
    const served = await stack.gateway.daily(date);
    const rounded = minerModelNames.map((model) => [model, new Decimal(day?.[model] ?? 0).round(8, 1).toFixed(8)]);
    expect(served.curtailedMwh).toBe(Number(day?.curtailed_mwh));
    expect(served.potentialBtc).toEqual(Object.fromEntries(rounded));
  });

  it('are served day by day as the sum of their rows, rounded once', async () => {
    for (const date of dates) {
      const { curtailedMwh, potentialBtc } = await stack.gateway.daily(date);
      const expected = figuresOf(rows.filter(({ settlementDate }) => settlementDate === date));
      expect([date, curtailedMwh, potentialBtc]).toEqual([date, expected.curtailedMwh, expected.potentialBtc]);
    }
  });

  it.each([
    ['2025-04', 30],
    ['2025-05', 31],
  ])('are served for %s as the sum of its %i days, rounded once', async (month, days) => {
    const served = await stack.gateway.monthly(month);
    const { curtailedMwh, potentialBtc } = figuresOf(rows.filter((row) => row.settlementDate.startsWith(month)));
    expect(served).toMatchObject({
      state: 'complete',
      daysExpected: days,
      daysComplete: days,
      missing: [],
      curtailedMwh,
      potentialBtc,
    });
  });

  it('leave the year partial, with the sum of what is known', async () => {
    const { curtailedMwh, potentialBtc } = figuresOf(rows);
    const served = await stack.gateway.yearly('2025');
    expect(served).toMatchObject({ state: 'partial', daysExpected: 365, daysComplete: 61, curtailedMwh, potentialBtc });
    expect(served.missing.map(({ cause, from: first, to: last }) => [cause, first, last])).toEqual([
      ['not-fetched', '2025-01-01', '2025-03-31'],
      ['not-fetched', '2025-06-01', '2025-12-31'],
    ]);
  });

  it.each(recording.emptyDates)('count %s, on which nothing was curtailed, as complete with 0', async (date) => {
    expect(await stack.gateway.daily(date)).toMatchObject({
      state: 'complete',
      periodsLoaded: 48,
      records: 0,
      combinations: 0,
      curtailedMwh: 0,
      paymentGbp: 0,
      absolutePaymentGbp: 0,
      potentialBtc: { S9: '0.00000000', M20S: '0.00000000', S19J_PRO: '0.00000000' },
    });
  });
});

/** Maps are compared entry by entry, in whatever order. */
function energyOf(stored: readonly { key: string; mwh: string }[]): Map<string, string> {
  return new Map(stored.map(({ key, mwh }) => [key, mwh]));
}
