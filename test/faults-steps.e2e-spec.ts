import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job, type JobRequest } from '@app/contracts';
import { type StepKind } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';
import { holdTable, standsStill } from './table-hold.js';

const date = '2025-06-01';
const victims = ['ingestion', 'calculator', 'aggregator', 'reconciler'] as const;
type Victim = (typeof victims)[number];

/** Who takes the step, and the table at which each service that has a part in it stands in the middle of that. */
interface Place {
  worker: Victim;
  tables: Partial<Record<Victim, string>>;
  /** The worker only reads there. */
  readsOnly?: boolean;
}
const places: Record<StepKind, Place> = {
  ingest: { worker: 'ingestion', tables: { ingestion: 'ingestion.settlement_periods' } },
  calculate: { worker: 'calculator', tables: { calculator: 'calculation.calculated_days' } },
  aggregate: { worker: 'aggregator', tables: { aggregator: 'summary.aggregated_days' } },
  verify: { worker: 'ingestion', tables: { ingestion: 'ingestion.bm_units' }, readsOnly: true },
  'fetch-wind-generation': {
    worker: 'ingestion',
    tables: { ingestion: 'ingestion.wind_generation_data', aggregator: 'summary.daily_wind_generation' },
  },
  'compare-register': { worker: 'ingestion', tables: { ingestion: 'ingestion.bm_units' } },
};
/** Where the reconciler stands in the middle of asking for any of them. */
const ASKING = 'reconciliation.outbox';

interface Case {
  request: JobRequest;
  steps: StepKind[];
  /** What each step is to put right, without changing any content: a change would set off the following steps by itself. */
  damage: string[];
}
const cases: Case[] = [
  {
    request: { kind: 'force-fix', date },
    steps: ['ingest', 'calculate', 'aggregate', 'verify'],
    damage: [
      'update ingestion.settlement_periods set row_count = 99 where settlement_period = 1',
      `update calculation.calculated_days set mining = '[]'`,
      'update summary.daily_summaries set curtailed_mwh = 1',
    ],
  },
  {
    request: { kind: 'wind-generation', from: date, to: date },
    steps: ['fetch-wind-generation'],
    damage: [
      'delete from ingestion.wind_generation_data',
      'delete from ingestion.wind_generation_days',
      'update summary.daily_wind_generation set onshore_mwh = 1',
    ],
  },
  { request: { kind: 'bmu-mapping', apply: true }, steps: ['compare-register'], damage: [] },
];

/** In each round another service is killed at each step, until each was killed at each. */
const roundsOf = (steps: readonly StepKind[]): { killed: Victim[] }[] =>
  victims.map((_, round) => ({ killed: steps.map((__, place) => at(victims, place + round)) }));

describe('A job', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack(lightDays(date, date));
    expect(await stack.gateway.run({ kind: 'date', date })).toMatchObject({ state: 'completed' });
    const wind = await stack.gateway.run({ kind: 'wind-generation', from: date, to: date });
    expect(wind).toMatchObject({ state: 'completed' });
  }, 120_000);

  describe.each(cases)('of the kind $request.kind', ({ request, steps, damage }) => {
    let undisturbed: Digest;

    beforeAll(async () => {
      const right = contentOf(await contentDigest(stack.owner));
      await prepare();
      if (damage.length > 0) expect(contentOf(await contentDigest(stack.owner))).not.toEqual(right);
      expect(await stack.gateway.run(request)).toMatchObject({ state: 'completed' });
      await eventually(async () => expect(contentOf(await contentDigest(stack.owner))).toEqual(right));
      undisturbed = await contentDigest(stack.owner);
    }, 60_000);

    it.each(roundsOf(steps))(
      'is the same when, one at each step, $killed are killed',
      async ({ killed }) => {
        await prepare();
        const job = await killAtEachStep(killed);
        expect(await stack.gateway.ended(job, 90_000)).toMatchObject({ state: 'completed' });
        await eventually(async () => expect(await contentDigest(stack.owner)).toEqual(undisturbed));
        // There is one item, so at most this one is done again for each kill.
        const asked = await timesAsked();
        expect(asked).toHaveLength(steps.length);
        expect(Math.max(...asked)).toBeLessThanOrEqual(2);
        expect(await fetchesBegun()).toBeLessThanOrEqual(2);
      },
      120_000,
    );

    async function prepare(): Promise<void> {
      await stack.owner.query('truncate reconciliation.jobs, reconciliation.outbox, ingestion.fetches cascade');
      for (const statement of damage) await stack.owner.query(statement);
    }

    /** Each is killed where it stands in the middle of the step or, when it has no part in it, while the worker stands there. */
    async function killAtEachStep(killed: readonly Victim[]): Promise<Job> {
      let letGo = await hold(at(steps, 0), at(killed, 0));
      const job = await stack.gateway.submit(request);
      for (const [place, step] of steps.entries()) {
        const victim = at(killed, place);
        await standsStill(stack.owner, whoStands(step, victim));
        expect(await askedLast()).toBe(victim === 'reconciler' ? (steps[place - 1] ?? null) : step);
        await stack.services[victim].kill();
        const letGoOfThis = letGo;
        if (place + 1 < steps.length) letGo = await hold(at(steps, place + 1), at(killed, place + 1));
        await letGoOfThis();
        await stack.services[victim].restart();
      }
      return job;
    }

    function whoStands(step: StepKind, victim: Victim): Victim {
      return victim in tablesOf(step) ? victim : places[step].worker;
    }

    function hold(step: StepKind, victim: Victim): Promise<() => Promise<void>> {
      const service = whoStands(step, victim);
      const onlyReads = places[step].readsOnly === true && service !== 'reconciler';
      return holdTable(stack.owner, tablesOf(step)[service] ?? '', onlyReads ? 'reading and writing' : 'writing');
    }
  });

  async function askedLast(): Promise<StepKind | null> {
    const [item] = (await stack.owner.query('select asked from reconciliation.job_items')) as {
      asked: StepKind | null;
    }[];
    return item?.asked ?? null;
  }

  /** How often each step was asked for. */
  async function timesAsked(): Promise<number[]> {
    const asked = await stack.owner.query(
      'select count(*)::integer as times from reconciliation.outbox group by subject',
    );
    return (asked as { times: number }[]).map(({ times }) => times);
  }

  async function fetchesBegun(): Promise<number> {
    return ((await stack.owner.query('select from ingestion.fetches')) as unknown[]).length;
  }
});

function tablesOf(step: StepKind): Place['tables'] {
  return { ...places[step].tables, reconciler: ASKING };
}

/** Without what is known of jobs. */
function contentOf(digest: Digest): Digest {
  return Object.fromEntries(Object.entries(digest).filter(([table]) => !table.startsWith('reconciliation.')));
}

/** Of a list that goes round. */
function at<Element>(list: readonly Element[], place: number): Element {
  const element = list[place % list.length];
  if (element === undefined) throw new Error('The list is empty');
  return element;
}
