import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Service, services } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const from = '2025-06-01';
const to = '2025-06-10';
const DAYS = 10;
const BATCH_SIZE = 3;
const range = { kind: 'range', from, to, batchSize: BATCH_SIZE } as const;

/**
 * The five are killed equally often: the four that take part in a range more than fifty times together. FAULTS_RANGES=12 kills
 * each thirty times.
 */
const RANGES = Number(process.env.FAULTS_RANGES ?? 5);
const KILLS_PER_RANGE = 13;
const KILLS = RANGES * KILLS_PER_RANGE;
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
  const round = Math.floor(kill / services.length);
  const order = [...services].sort((a, b) => draw('order', round, a) - draw('order', round, b));
  return order[kill % services.length] ?? 'ingestion';
}

/** How many days are to be done before each kill of a range: without that most would fall into its first days. */
function daysBefore(nth: number): number[] {
  return Array.from({ length: KILLS_PER_RANGE }, (_, place) => Math.floor(draw('days', nth, place) * DAYS)).sort(
    (a, b) => a - b,
  );
}

interface Kill {
  service: Service;
  /** By the clock of the database. */
  at: string;
  /** How far the range had come. */
  daysDone: number;
}

describe('A range of ten days', () => {
  let stack: Stack;
  let undisturbed: Digest;

  beforeAll(async () => {
    // With this latency the range takes a while, so that there are moments to be killed at.
    stack = await startStack({ ...lightDays(from, to), SIMULATOR_LATENCY_MS: '30' });
    expect(await stack.gateway.run(range)).toMatchObject({ state: 'completed' });
    expect(await stack.gateway.daily(to)).toMatchObject({ state: 'complete', periodsLoaded: 48, records: 96 });
    undisturbed = await contentDigest(stack.owner);
  }, 120_000);

  it(
    `is the same when services are killed at ${KILLS} moments, and little is done twice (FAULTS_SEED=${seed})`,
    async () => {
      const all: Kill[] = [];
      try {
        for (let place = 0; place < RANGES; place += 1) {
          await stack.forgetAllDays();
          const job = await stack.gateway.submit(range);
          const kills: Kill[] = [];
          for (const days of daysBefore(place)) {
            await eventually(async () => expect(await daysDone()).toBeGreaterThanOrEqual(days), 60_000);
            const kill = await killNext(all.length);
            kills.push(kill);
            all.push(kill);
          }
          await Promise.all(services.map((service) => stack.services[service].ready()));
          expect(await stack.gateway.ended(job, 120_000)).toMatchObject({
            state: 'completed',
            totals: { items: DAYS, completed: DAYS },
          });
          await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));
          expect(Math.max(...(await daysBegunAgain(kills)))).toBeLessThanOrEqual(BATCH_SIZE);
          expect(await announcements()).toEqual({ ingested: DAYS, calculated: DAYS, summarised: DAYS });
        }
      } catch (error) {
        const killed = all.map(({ service, daysDone }) => `${service} after ${daysDone} days`).join(', ');
        throw new Error(`FAULTS_SEED=${seed}, killed: ${killed}: ${String(error)}`, { cause: error });
      }
    },
    RANGES * 80_000,
  );

  async function killNext(kill: number): Promise<Kill> {
    const service = victim(kill);
    const running = stack.services[service];
    await running.ready();
    await sleep(draw('pause', kill) * LONGEST_PAUSE_MS);
    await running.kill();
    const [moment] = (await stack.owner.query(
      `select clock_timestamp() as at, (select count(*) from summary.aggregated_days)::integer as "daysDone"`,
    )) as Omit<Kill, 'service'>[];
    if (moment === undefined) throw new Error('The database does not know what time it is');
    // Whoever is killed next does not wait for this one to be back.
    void running.restart().catch(() => undefined);
    return { service, ...moment };
  }

  async function daysDone(): Promise<number> {
    return ((await stack.owner.query('select from summary.aggregated_days')) as unknown[]).length;
  }

  /** How many fetches began between each kill and the next that were not the first of their day. */
  async function daysBegunAgain(kills: readonly Kill[]): Promise<number[]> {
    const begun = (await stack.owner.query(
      `select count(f.*)::integer as again
       from (select at, lead(at, 1, 'infinity') over (order by at) as next from unnest($1::timestamptz[]) as u (at)) kill
       left join ingestion.fetches f on f.started_at >= kill.at and f.started_at < kill.next and exists (
         select from ingestion.fetches e where e.settlement_date = f.settlement_date and e.fetch_number < f.fetch_number)
       group by kill.at`,
      [kills.map(({ at }) => at)],
    )) as { again: number }[];
    return begun.map(({ again }) => again);
  }

  /** How often a day was announced with a new revision: what was committed before a kill is not done again after it. */
  async function announcements(): Promise<unknown> {
    const [counts] = (await stack.owner.query(
      `select (select count(*)::integer from ingestion.outbox) as ingested,
              (select count(*)::integer from calculation.outbox) as calculated,
              (select count(*)::integer from summary.outbox) as summarised`,
    )) as unknown[];
    return counts;
  }
});
