import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Service, serviceNames, type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const from = '2025-06-01';
const to = '2025-06-10';
const KILLS = 30;
const LONGEST_PAUSE_MS = 400;

/** FAULTS_SEED repeats who is killed and after which pause; when that meets whom where is up to the machine. */
const seed = process.env.FAULTS_SEED ?? randomBytes(4).toString('hex');

/** From 0 to below 1, the same for the same seed and key. */
function draw(...key: (string | number)[]): number {
  return (
    createHash('sha256')
      .update([seed, ...key].join(' '))
      .digest()
      .readUInt32BE() /
    2 ** 32
  );
}

/** The five in a random order, again and again, so that each is killed as often as any other. */
function victim(kill: number): Service {
  const round = Math.floor(kill / serviceNames.length);
  const order = [...serviceNames].sort((a, b) => draw('order', round, a) - draw('order', round, b));
  return order[kill % serviceNames.length] ?? 'ingestion';
}

describe('A range of ten days', () => {
  let stack: Stack;
  let undisturbed: Digest;

  beforeAll(async () => {
    // With this latency the range takes a while, so that there are moments to be killed at.
    stack = await startStack({ ...lightDays(from, to), SIMULATOR_LATENCY_MS: '80' });
    expect(await stack.gateway.run({ kind: 'range', from, to })).toMatchObject({ state: 'completed' });
    expect(await stack.gateway.daily(to)).toMatchObject({ state: 'complete', periodsLoaded: 48, records: 96 });
    undisturbed = await contentDigest(stack.owner);
  }, 120_000);

  it(`is the same when services are killed at ${KILLS} moments`, async () => {
    const kills: string[] = [];
    try {
      while (kills.length < KILLS) {
        await stack.forgetAllDays();
        const job = await stack.gateway.submit({ kind: 'range', from, to });
        while (kills.length < KILLS && !(await hasEnded(job))) kills.push(await killNext(kills.length));
        await Promise.all(serviceNames.map((service) => stack.services[service].ready()));
        expect(await stack.gateway.ended(job, 120_000)).toMatchObject({ state: 'completed' });
        await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));
      }
    } catch (error) {
      throw new Error(`FAULTS_SEED=${seed}, killed: ${kills.join(', ')}: ${String(error)}`, { cause: error });
    }
  }, 300_000);

  /** @returns who was killed, and how far the range had come */
  async function killNext(kill: number): Promise<string> {
    const service = victim(kill);
    const running = stack.services[service];
    await running.ready();
    await sleep(draw('pause', kill) * LONGEST_PAUSE_MS);
    await running.kill();
    const days = (await stack.owner.query('select from summary.aggregated_days')) as unknown[];
    // Whoever is killed next does not wait for this one to be back.
    void running.restart().catch(() => undefined);
    return `${service} after ${days.length} days`;
  }

  /** Asked of the table: the gateway is among those who are killed. */
  async function hasEnded({ id }: Job): Promise<boolean> {
    const ended = await stack.owner.query('select from reconciliation.jobs where id = $1 and ended_at is not null', [
      id,
    ]);
    return (ended as unknown[]).length > 0;
  }
});
