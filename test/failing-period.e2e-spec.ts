import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type CurtailedRow, energyByCombination, figuresOf, pickFigures } from './curtailed-rows.js';
import { type Stack, startStack } from './stack.js';

const date = '2025-06-10';

describe('A period that fails for ever', () => {
  let stack: Stack;
  let rows: CurtailedRow[];
  /** On both, something was curtailed. */
  let failing: number;
  let other: number;

  beforeAll(async () => {
    stack = await startStack({ SIMULATOR_SCENARIOS: `${date}=typical` });
    rows = await stack.simulator.curtailedRows(date, 48);
    [failing = 0, other = 0] = new Set(rows.map(({ settlementPeriod }) => settlementPeriod));
    expect(other).toBeGreaterThan(failing);
  }, 120_000);

  beforeEach(async () => {
    await stack.simulator.heal();
    await stack.forgetAllDays();
  });

  async function energyStored(): Promise<Map<string, string>> {
    const stored = (await stack.owner.query(
      `select settlement_date || ' ' || settlement_period || ' ' || farm_id as key, trim_scale(-sum(volume_mwh))::text as mwh
       from ingestion.curtailment_records group by settlement_date, settlement_period, farm_id`,
    )) as { key: string; mwh: string }[];
    return new Map(stored.map(({ key, mwh }) => [key, mwh]));
  }

  /** The day, its month and its year name the period and the cause, and are sums of what is known. */
  async function expectPartial(known: readonly CurtailedRow[], detail: string): Promise<void> {
    const day = await stack.gateway.daily(date);
    const rollUps = [await stack.gateway.monthly('2025-06'), await stack.gateway.yearly('2025')];
    expect(day).toMatchObject({ state: 'partial', periodsExpected: 48, periodsLoaded: 47 });
    for (const rollUp of rollUps) expect(rollUp).toMatchObject({ state: 'partial', daysComplete: 0 });
    const failed = [day, ...rollUps].map(({ missing }) => missing.filter(({ cause }) => cause === 'fetch-failed'));
    for (const missing of failed) {
      expect(missing).toMatchObject([{ periods: [failing], repair: `windfall date ${date}` }]);
      expect(missing[0]?.detail).toContain(detail);
    }
    expect(day.missing).toHaveLength(1);
    expect([day, ...rollUps].map(pickFigures)).toEqual([day, ...rollUps].map(() => figuresOf(known)));
    expect(await energyStored()).toEqual(energyByCombination(known));
  }

  async function expectComplete(known: readonly CurtailedRow[]): Promise<void> {
    const day = await stack.gateway.daily(date);
    expect(day).toMatchObject({ state: 'complete', periodsLoaded: 48, missing: [] });
    const rollUps = [await stack.gateway.monthly('2025-06'), await stack.gateway.yearly('2025')];
    expect(rollUps.map(({ daysComplete }) => daysComplete)).toEqual([1, 1]);
    expect([day, ...rollUps].map(pickFigures)).toEqual([day, ...rollUps].map(() => figuresOf(known)));
    expect(await energyStored()).toEqual(energyByCombination(known));
  }

  it('leaves the others of a new day stored, is alone asked for again, and completes once the source heals', async () => {
    await stack.simulator.spoil({ kind: 'status', status: 500, date, periods: [failing] });
    await stack.simulator.forgetRequests();
    const job = await stack.gateway.run({ kind: 'date', date });
    const cause = { code: 'source-unavailable', periods: [failing] };
    expect(job).toMatchObject({ state: 'failed', totals: { items: 1, failed: 1 }, cause });
    expect(job.cause?.detail).toContain('HTTP 500');
    expect(await stack.gateway.items(job)).toMatchObject([{ settlementDate: date, state: 'failed', cause }]);
    const answers = await stack.simulator.stackAnswers(date);
    // Three fetches, each with five attempts.
    expect(answers.get(failing)).toEqual({ '500': 15 });
    answers.delete(failing);
    expect([...answers.values()]).toEqual(Array.from({ length: 47 }, () => ({ '200': 1 })));
    await expectPartial(
      rows.filter(({ settlementPeriod }) => settlementPeriod !== failing),
      'HTTP 500',
    );

    await stack.simulator.heal();
    expect(await stack.gateway.run({ kind: 'date', date })).toMatchObject({ state: 'completed' });
    await expectComplete(rows);
  }, 120_000);

  it('keeps its old rows while the others follow a revision', async () => {
    expect(await stack.gateway.run({ kind: 'date', date })).toMatchObject({ state: 'completed' });
    await stack.simulator.revise(date, [
      { kind: 'change', settlementPeriod: failing, rows: 'curtailed', volumeFactor: 0.5 },
      { kind: 'change', settlementPeriod: other, rows: 'curtailed', volumeFactor: 0.5 },
    ]);
    const revised = await stack.simulator.curtailedRows(date, 48);
    await stack.simulator.spoil({ kind: 'mistyped-field', field: 'volume', rows: 'first', date, periods: [failing] });
    expect(await stack.gateway.run({ kind: 'ingest', date })).toMatchObject({ state: 'failed' });
    const isFailing = ({ settlementPeriod }: CurtailedRow) => settlementPeriod === failing;
    await expectPartial([...rows.filter(isFailing), ...revised.filter((row) => !isFailing(row))], 'volume');

    await stack.simulator.heal();
    expect(await stack.gateway.run({ kind: 'date', date })).toMatchObject({ state: 'completed' });
    await expectComplete(revised);
  }, 120_000);

  it('makes a job wait only for itself: the other days of a range begin and complete meanwhile', async () => {
    await stack.simulator.spoil({
      kind: 'null-field',
      field: 'volume',
      rows: 'first',
      date: '2025-05-23',
      periods: [7],
    });
    const job = await stack.gateway.run({ kind: 'range', from: '2025-05-23', to: '2025-05-25', batchSize: 2 });
    expect(job).toMatchObject({ state: 'failed', totals: { items: 3, completed: 2, failed: 1 } });
    const items = await stack.gateway.items(job);
    expect(items.map(({ state, cause }) => [state, cause?.periods])).toEqual([
      ['failed', [7]],
      ['completed', undefined],
      ['completed', undefined],
    ]);
    // The second day left room for the third, while the first was still being tried.
    expect(Date.parse(items[2]?.startedAt ?? '')).toBeLessThan(Date.parse(items[0]?.endedAt ?? ''));
  }, 120_000);
});
