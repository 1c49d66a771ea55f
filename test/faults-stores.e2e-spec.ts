import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { eventually, startTestPostgres, type TestPostgres } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const from = '2025-06-01';
const to = '2025-06-10';
const DAYS = 10;

/** FAULTS_OUTAGE_SECONDS=60 waits for as long as a real outage may last; what is to be seen takes less. */
const OUTAGE_MS = Number(process.env.FAULTS_OUTAGE_SECONDS ?? 6) * 1_000;

describe('A range of ten days', () => {
  let postgres: TestPostgres;
  let stack: Stack;
  let undisturbed: Digest;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    // With this latency there is a middle to fail in.
    stack = await startStack({ ...lightDays(from, to), SIMULATOR_LATENCY_MS: '50' }, postgres);
    expect(await stack.gateway.run({ kind: 'range', from, to })).toMatchObject({ state: 'completed' });
    expect(await stack.gateway.daily(to)).toMatchObject({ state: 'complete', periodsLoaded: 48, records: 96 });
    undisturbed = await contentDigest(stack.owner);
  }, 120_000);

  beforeEach(() => stack.forgetAllDays());

  it('is the same when NATS was down for a while', async () => {
    const job = await isHalfDone();
    await stack.nats.stop();
    await sleep(OUTAGE_MS);
    expect(await daysIn('summary.aggregated_days')).toBeLessThan(DAYS);
    await stack.nats.start();
    await endsLikeUndisturbed(job);
  }, 180_000);

  it('is the same when the store of NATS was lost', async () => {
    const job = await isHalfDone();
    await stack.nats.stop();
    await rm(stack.nats.storeFolder, { recursive: true });
    await stack.nats.start();
    expect(await daysIn('summary.aggregated_days')).toBeLessThan(DAYS);
    await endsLikeUndisturbed(job);
  }, 180_000);

  it.each(['stop', 'crash'] as const)(
    'is the same after a %s and a start of Postgres',
    async (end) => {
      const job = await isHalfDone();
      await postgres[end]();
      await sleep(1_000);
      await postgres.start();
      expect(await daysIn('summary.aggregated_days')).toBeLessThan(DAYS);
      await endsLikeUndisturbed(job);
    },
    180_000,
  );

  /** Submits the range and returns once some of its days are through, and some are not. */
  async function isHalfDone(): Promise<Job> {
    const job = await stack.gateway.submit({ kind: 'range', from, to });
    await eventually(async () => expect(await daysIn('summary.aggregated_days')).toBeGreaterThan(0), 60_000);
    expect(await daysIn('ingestion.settlement_days')).toBeLessThan(DAYS);
    return job;
  }

  async function endsLikeUndisturbed(job: Job): Promise<void> {
    expect(await stack.gateway.ended(job, 120_000)).toMatchObject({ state: 'completed', totals: { completed: DAYS } });
    await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));
  }

  async function daysIn(table: string): Promise<number> {
    return ((await stack.owner.query(`select from ${table}`)) as unknown[]).length;
  }
});
