import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@app/testing';
import { curtailedPeriodsOf, lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const from = '2025-06-01';
const to = '2025-06-30';
const DAYS = 30;
const PERIODS = DAYS * 48;

/**
 * Four rules for the whole month, each of which spoils its part of what the earlier ones left alone: 1 − 0.946^4 is 20 % of
 * all requests. What a request meets follows from the simulator's seed and from how often it was sent, so every run meets
 * the same.
 */
const probability = 0.054;
const faults = [
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  // Only for two days, since each holds back all requests.
  { kind: 'status', status: 429, retryAfter: { seconds: 1 }, from, to: '2025-06-02' },
  { kind: 'status', status: 503 },
].map((fault) => ({ ...fault, endpoint: 'stack', probability }));

/** As many days as ingestion works on at a time: one that waits in its queue for long is asked for once more. */
const batchSize = 4;

describe('A month of thirty days', () => {
  let stack: Stack;
  let undisturbed: Digest;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
    expect(await stack.gateway.run({ kind: 'range', from, to, batchSize }, 120_000)).toMatchObject({
      state: 'completed',
    });
    undisturbed = await contentDigest(stack.owner);
  }, 180_000);

  beforeEach(() => stack.forgetAllDays());

  it('is the same from a source that fails one request in five, and costs no more requests than that', async () => {
    for (const fault of faults) await stack.simulator.spoil(fault);
    await stack.simulator.forgetRequests();
    const job = await stack.gateway.run({ kind: 'range', from, to, batchSize }, 180_000);
    const { maxConcurrency, paths } = await stack.simulator.requests();
    await stack.simulator.heal();
    expect(job).toMatchObject({ state: 'completed', totals: { items: DAYS, completed: DAYS } });

    const days = await stack.owner.query('select distinct periods_loaded, records from ingestion.settlement_days');
    expect(days).toEqual([{ periods_loaded: 48, records: 4 * curtailedPeriodsOf(from).length }]);
    await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));

    const asked = Object.entries(paths).filter(([path]) => path.includes('/settlement/stack/'));
    const sum = (counts: number[]): number => counts.reduce((total, count) => total + count, 0);
    const total = sum(asked.flatMap(([, counts]) => Object.values(counts)));
    // Nobody asks again for what was answered, nor more often than the failures make necessary.
    expect(asked.filter(([, counts]) => counts['200'] !== 1)).toEqual([]);
    expect(asked).toHaveLength(PERIODS);
    expect(1 - PERIODS / total).toBeGreaterThan(0.17);
    expect(1 - PERIODS / total).toBeLessThan(0.23);
    expect(maxConcurrency).toBeLessThanOrEqual(4);
  }, 240_000);
});
