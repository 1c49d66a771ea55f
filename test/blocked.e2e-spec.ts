import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@app/testing';
import { type CurtailedRow, figuresOf, pickFigures } from './curtailed-rows.js';
import { type Stack, startStack } from './stack.js';

/**
 * The last retarget of the known history is that of 2026-06-14T00:32:11Z, and a difficulty is believed for 20 days: on
 * 2026-07-04, which begins at 23:00Z of the day before, up to period 4.
 */
const dates = ['2026-07-04', '2026-07-10'];
const periodsWithout = {
  '2026-07-04': Array.from({ length: 44 }, (_, index) => index + 5),
  '2026-07-10': Array.from({ length: 48 }, (_, index) => index + 1),
};

/** Invented ones, 14 days apart; both dates lie between them. */
const nextRetarget = { height: 955_584, fromAt: '2026-06-28T01:00:00Z', difficulty: '126543210987654' };
const retargetAfterNext = { height: 957_600, fromAt: '2026-07-12T02:00:00Z', difficulty: '128765432109876' };

describe('Days without a difficulty', () => {
  let stack: Stack;
  let rows: CurtailedRow[];
  const nothingKnown = { S9: null, M20S: null, S19J_PRO: null };

  function ofDate(date: string): CurtailedRow[] {
    return rows.filter(({ settlementDate }) => settlementDate === date);
  }

  async function expectValued(state: string): Promise<void> {
    const network = () => ({ difficulty: nextRetarget.difficulty, subsidy: '3.125' });
    for (const date of dates) {
      const day = await stack.gateway.daily(date);
      expect(day).toMatchObject({ state, missing: [] });
      expect(pickFigures(day)).toEqual(figuresOf(ofDate(date), network));
    }
    expect(pickFigures(await stack.gateway.monthly('2026-07'))).toEqual(figuresOf(rows, network));
    expect(pickFigures(await stack.gateway.yearly('2026'))).toEqual(figuresOf(rows, network));
  }

  beforeAll(async () => {
    stack = await startStack({ SIMULATOR_SCENARIOS: dates.map((date) => `${date}=typical`).join(',') });
    rows = (await Promise.all(dates.map((date) => stack.simulator.curtailedRows(date, 48)))).flat();
  }, 120_000);

  it('end their job as blocked, with the cause', async () => {
    for (const date of dates) {
      const job = await stack.gateway.run({ kind: 'date', date });
      expect(job).toMatchObject({ state: 'failed', totals: { blocked: 1 }, cause: { code: 'difficulty-missing' } });
      expect(await stack.gateway.items(job)).toMatchObject([
        { state: 'blocked', cause: { code: 'difficulty-missing' } },
      ]);
    }
  });

  it.each(Object.entries(periodsWithout))('show all but bitcoin, and say why: %s', async (date, periods) => {
    const day = await stack.gateway.daily(date);
    expect(day).toMatchObject({ state: 'blocked', periodsLoaded: 48 });
    expect(day.missing).toMatchObject([{ cause: 'difficulty-missing', periods }]);
    expect(day.missing[0]?.detail).toContain('2026-06-14T00:32:11');
    expect(day.missing[0]?.repair).toContain('windfall difficulty add');
    expect(pickFigures(day)).toEqual({ ...figuresOf(ofDate(date)), potentialBtc: nothingKnown });
  });

  it('give month and year no bitcoin either', async () => {
    for (const rollUp of [await stack.gateway.monthly('2026-07'), await stack.gateway.yearly('2026')]) {
      expect(pickFigures(rollUp)).toEqual({ ...figuresOf(rows), potentialBtc: nothingKnown });
      const blocked = rollUp.missing.filter(({ cause }) => cause === 'difficulty-missing');
      expect(blocked.map(({ from, to }) => [from, to])).toEqual(dates.map((date) => [date, date]));
    }
  });

  it('have no calculation at all, not even of the periods whose difficulty is known', async () => {
    expect(await stack.owner.query('select * from calculation.historical_bitcoin_calculations')).toEqual([]);
  });

  it('are still blocked when they are asked for again', async () => {
    const job = await stack.gateway.run({ kind: 'range', from: '2026-07-04', to: '2026-07-04' });
    expect(job).toMatchObject({ state: 'failed', totals: { blocked: 1 } });
  });

  it('are picked up when the difficulty arrives, provisional while nothing later is known', async () => {
    await stack.gateway.addRetarget(nextRetarget);
    await eventually(() => expectValued('provisional'));
  });

  it('are complete once the next retarget ends their epoch', async () => {
    await stack.gateway.addRetarget(retargetAfterNext);
    await eventually(() => expectValued('complete'));
  });
});
