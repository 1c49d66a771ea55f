import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/transport-node';
import {
  aggregationRequestedV1,
  calculationCompletedV1,
  calculationRequestedV1,
  type CloudEvent,
  curtailmentIngestedV1,
  difficultyUpdatedV1,
  type EventContract,
  ingestionRequestedV1,
} from '@app/contracts';
import { Bus, type DeadLetter, listDeadLetters, newEvent, replayDeadLetters } from '@app/messaging';
import { atFileEnd, eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { type Digest, storageDigest } from './table-digest.js';
import { tablesOf } from './tables-of.js';

const [from, revised, to] = ['2025-06-01', '2025-06-02', '2025-06-03'] as const;

interface Announced {
  subject: string;
  payload: CloudEvent<{ settlementDate: string; revision: number }>;
}

/** Each kind of event that somebody handles, and who. */
const consumers: [EventContract, string][] = [
  [ingestionRequestedV1, 'ingestion_ingestion-requested_v1'],
  [curtailmentIngestedV1, 'calculator_curtailment-ingested_v1'],
  [calculationRequestedV1, 'calculator_calculation-requested_v1'],
  [difficultyUpdatedV1, 'calculator_difficulty-updated_v1'],
  [calculationCompletedV1, 'aggregator_calculation-completed_v1'],
  [aggregationRequestedV1, 'aggregator_aggregation-requested_v1'],
];

describe('Events', () => {
  let stack: Stack;
  let bus: Bus;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
    bus = new Bus(stack.nats.url, 'e2e');
    atFileEnd(() => bus.close());
    expect(await stack.gateway.run({ kind: 'range', from, to })).toMatchObject({ state: 'completed' });
    for (const volumeFactor of [0.5, 3]) {
      await stack.simulator.revise(revised, [{ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor }]);
      expect(await stack.gateway.run({ kind: 'ingest', date: revised })).toMatchObject({ state: 'completed' });
    }
    await allHandled();
  }, 120_000);

  it('have one effect when each comes a hundred times', async () => {
    const facts = (await announced()).filter(({ payload }) => payload.data.settlementDate === revised);
    const newest = ['curtailment.ingested.v1', 'calculation.completed.v1', 'summary.updated.v1'].map((subject) =>
      facts.findLast((fact) => fact.subject === subject),
    );
    const before = await storage(await allTables());
    for (const fact of newest) {
      for (let time = 0; time < 100; time += 1) await send(fact?.subject ?? '', fact?.payload);
    }
    await allHandled();
    expect(await storage(await allTables())).toEqual(before);
  });

  it('have no further effect when all come again, newest first', async () => {
    const facts = await announced();
    expect(facts.filter(({ payload }) => payload.data.settlementDate === revised)).toHaveLength(9);
    const before = await storage(await allTables());
    for (const { subject, payload } of facts.reverse()) await send(subject, payload);
    await allHandled();
    expect(await storage(await allTables())).toEqual(before);
  });

  it.each<[string, EventContract, unknown]>([
    ['an ingestion', ingestionRequestedV1, { settlementDate: from, periods: [1], jobId: null }],
    ['a calculation', calculationRequestedV1, { settlementDates: [from], jobId: null }],
    ['an aggregation', aggregationRequestedV1, { settlementDates: [from], jobId: null }],
  ])('that request %s of what is there change nothing, a hundred times', async (_, contract, data) => {
    const { channel, event } = newEvent(contract, data, { source: 'e2e' });
    const content = await contentTables();
    const before = await storage(content);
    for (let time = 0; time < 100; time += 1) await send(channel, event);
    await allHandled();
    expect(await storage(content)).toEqual(before);
  });

  it('that nobody can read end as dead letters with their cause, and hold up nothing', async () => {
    const unreadable = (contract: EventContract): [payload: unknown, cause: RegExp][] => [
      ['no JSON at all', /^unreadable: Not JSON: /],
      [{ ...contract.example, data: { settlementDate: 'yesterday' } }, /^unreadable: Not a .* data\./],
      [{ colour: 'green', size: 7 }, /^unreadable: Not a .* specversion: .* data: /],
      // The next version would come on a subject of its own.
      [{ ...contract.example, type: `${contract.type}.v2` }, /^unreadable: Not a .* type: /],
    ];
    for (const [contract] of consumers) {
      for (const [payload] of unreadable(contract)) await send(contract.channel, payload);
    }
    expect(await stack.gateway.run({ kind: 'range', from, to })).toMatchObject({ state: 'completed' });
    expect(await stack.gateway.run({ kind: 'ingest', date: from })).toMatchObject({ state: 'completed' });
    await allHandled();
    for (const [contract, durable] of consumers) {
      const expected = unreadable(contract).map(([, cause]) => ({
        durable,
        channel: contract.channel,
        cause: expect.stringMatching(cause),
        attempts: 1,
      }));
      expect(await listDeadLetters(bus, { durable })).toMatchObject(expected);
    }
  });

  it('of a version that nobody knows are refused, and not lost in silence', async () => {
    await expect(send('curtailment.ingested.v2', curtailmentIngestedV1.example)).rejects.toThrow();
  });

  it('that ask for what does not exist end as dead letters at once', async () => {
    const data = { settlementDate: '2025-03-30', periods: [47], jobId: null };
    const { channel, event } = newEvent(ingestionRequestedV1, data, { source: 'e2e' });
    await send(channel, event);
    const [letter] = await eventually(() => lettersOf(event.id));
    expect(letter).toMatchObject({ cause: expect.stringMatching(/^impossible-period: /) as unknown, attempts: 1 });
  });

  it('that died are handled when they are replayed; those that still cannot be read die again', async () => {
    const before = await listDeadLetters(bus);
    const [ingested] = (await announced()).filter(
      ({ subject, payload }) => subject === 'curtailment.ingested.v1' && payload.data.settlementDate === from,
    );
    // A calculator that could not store anything gave this one up, long ago.
    for (const table of ['historical_bitcoin_calculations', 'calculated_days']) {
      await stack.owner.query(`delete from calculation.${table} where settlement_date = $1`, [from]);
    }
    const reasons = headers();
    reasons.set('Windfall-Cause', '42501: permission denied for table historical_bitcoin_calculations');
    reasons.set('Windfall-Attempts', '10');
    reasons.set('Windfall-Channel', ingested?.subject ?? '');
    const { client } = await bus.jetStream();
    const payload = JSON.stringify(ingested?.payload);
    await client.publish('dlq.calculator_curtailment-ingested_v1', payload, { headers: reasons });
    expect((await listDeadLetters(bus)).at(-1)).toMatchObject({ attempts: 10, payload });

    expect(await replayDeadLetters(bus)).toHaveLength(before.length + 1);
    await allHandled();
    const causes = await stack.owner.query(
      `select payload ->> 'causationid' as cause from calculation.outbox where payload ->> 'subject' = $1 order by seq desc limit 1`,
      [from],
    );
    expect(causes).toEqual([{ cause: ingested?.payload.id }]);
    await eventually(async () => {
      expect(await stack.gateway.daily(from)).toMatchObject({ state: 'complete', missing: [] });
    });
    const again = await listDeadLetters(bus);
    expect(again.map(withoutPlace).sort()).toEqual(before.map(withoutPlace).sort());
    expect(Math.min(...again.map(({ seq }) => seq))).toBeGreaterThan(Math.max(...before.map(({ seq }) => seq)));
  });

  /** Publishes as if for the first time: under its own id the stream would drop what it has seen. */
  async function send(subject: string, payload: unknown): Promise<void> {
    const { client } = await bus.jetStream();
    await client.publish(subject, typeof payload === 'string' ? payload : JSON.stringify(payload), {
      msgID: randomUUID(),
    });
  }

  /** Resolves when nothing waits to be published, and no consumer has anything left to do. */
  async function allHandled(): Promise<void> {
    const { manager } = await bus.jetStream();
    await eventually(async () => {
      expect(await stack.owner.query(unpublished)).toEqual([]);
      for (const [, durable] of consumers) {
        const { num_pending, num_ack_pending } = await manager.consumers.info('WINDFALL', durable);
        expect({ durable, left: num_pending + num_ack_pending }).toEqual({ durable, left: 0 });
      }
    }, 60_000);
  }

  async function announced(): Promise<Announced[]> {
    const facts = ['ingestion', 'calculation', 'summary'].map((schema) => `select * from ${schema}.outbox`);
    return (await stack.owner.query(
      `select subject, payload from (${facts.join(' union all ')}) f order by created_at, seq`,
    )) as Announced[];
  }

  async function lettersOf(eventId: string): Promise<DeadLetter[]> {
    const letters = (await listDeadLetters(bus)).filter(({ payload }) => payload.includes(eventId));
    if (letters.length === 0) throw new Error(`${eventId} has not died`);
    return letters;
  }

  function allTables(): Promise<string[]> {
    return tablesOf(stack.owner, ['ingestion', 'calculation', 'summary']);
  }

  /** Without those that say when something was last looked at. */
  async function contentTables(): Promise<string[]> {
    const looks = ['fetches', 'request_grants', 'settlement_days', 'settlement_periods'].map(
      (name) => `ingestion.${name}`,
    );
    // Of a request they note that all was looked at.
    looks.push('calculation.calculated_days', 'summary.aggregated_days');
    return (await allTables()).filter((table) => !looks.includes(table));
  }

  function storage(tables: readonly string[]): Promise<Digest> {
    return storageDigest(stack.owner, tables);
  }
});

const unpublished = ['ingestion', 'calculation', 'summary', 'reconciliation']
  .map((schema) => `select id from ${schema}.outbox where published_at is null`)
  .join(' union all ');

function withoutPlace({ durable, cause, attempts, payload }: DeadLetter): string {
  return JSON.stringify({ durable, cause, attempts, payload });
}
