import { beforeAll, describe, expect, it } from '@jest/globals';
import { type DeadLetter, deadLetter, ingestionRequestedV1 } from '@app/contracts';
import { Bus, newEvent } from '@app/messaging';
import { atFileEnd, eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';

const route = '/api/reconciliation/dead-letters';
const [from, to] = ['2025-06-01', '2025-06-02'];
const durable = 'ingestion_ingestion-requested_v1';
const subject = 'ingestion.requested.v1';

/** An event that still fails after so many attempts is given up. */
const ATTEMPTS = 10;

describe('Dead letters', () => {
  let stack: Stack;
  let bus: Bus;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
    bus = new Bus(stack.nats.url, 'e2e');
    atFileEnd(() => bus.close());
    expect(await stack.gateway.run({ kind: 'date', date: from })).toMatchObject({ state: 'completed' });
  }, 120_000);

  it('are listed with their cause, and replayed with one effect once that is gone', async () => {
    const { gateway, owner, services } = stack;
    // No other event, sweep or job asks for this date.
    const request = newEvent(
      ingestionRequestedV1,
      { settlementDate: to, periods: null, jobId: null },
      { source: 'e2e' },
    );
    await owner.query('revoke insert on ingestion.fetches from windfall_ingestion');
    await services.ingestion.stop();
    await send(JSON.stringify(request.event));
    await failAllAttemptsButOne();
    await services.ingestion.restart();
    const [failed] = await eventually(() => listed(1));
    expect(failed).toMatchObject({
      durable,
      subject,
      eventId: request.event.id,
      settlementDates: to,
      cause: { code: '42501', detail: 'permission denied for table fetches' },
      attempts: ATTEMPTS,
    });
    await send('no JSON at all');
    const [, unreadable] = await eventually(() => listed(2));
    expect(unreadable).toMatchObject({ durable, subject, eventId: null, settlementDates: null, attempts: 1 });
    expect(unreadable?.cause).toMatchObject({
      code: 'unreadable',
      detail: expect.stringMatching(/^Not JSON/) as unknown,
    });

    await owner.query('grant insert on ingestion.fetches to windfall_ingestion');
    const one = { sequence: failed?.sequence, reason: 'the grant is back' };
    const key = { 'idempotency-key': 'mended' };
    const [replayed, repeated] = await Promise.all([
      gateway.post(`${route}/replay`, one, key),
      gateway.post(`${route}/replay`, one, key),
    ]);
    // Without the key whoever comes second finds nothing to send.
    expect([replayed, repeated]).toEqual([sent(1), sent(1)]);
    await eventually(async () => expect(await gateway.daily(to)).toMatchObject({ state: 'complete', missing: [] }));
    expect(await listed(1)).toEqual([unreadable]);

    expect(await gateway.post(`${route}/replay`, one, key)).toEqual(sent(1));
    await expect(gateway.post(`${route}/replay`, { all: true }, key)).rejects.toThrow('422');
    expect(await audited()).toEqual(['accepted', 'refused']);
    expect(await gateway.post(`${route}/replay`, one)).toEqual(sent(0));
    expect(await listed(1)).toEqual([unreadable]);
    expect(await gateway.post(`${route}/replay`, { all: true })).toEqual(sent(1));
    const [again] = await eventually(async () => {
      const found = await listed(1);
      expect(found[0]?.sequence).toBeGreaterThan(unreadable?.sequence ?? Infinity);
      return found;
    });
    expect(again).toEqual({ ...unreadable, sequence: again?.sequence, diedAt: again?.diedAt });
    expect(await timesOf('ingestion.fetches where settlement_date = $1')).toBe(1);
    expect(
      await timesOf(`ingestion.outbox where subject = 'curtailment.ingested.v1' and payload ->> 'subject' = $1`),
    ).toBe(1);
  });

  function sent(replayed: number): object {
    return { replayed, left: false };
  }

  /** What came of each replay that was asked for, oldest first. */
  async function audited(): Promise<string[]> {
    const { items } = await stack.gateway.get<{ items: { outcome: string }[] }>(
      '/api/reconciliation/audit?action=replay-dead-letters',
    );
    return items.map(({ outcome }) => outcome).reverse();
  }

  async function send(payload: string): Promise<void> {
    const { client } = await bus.jetStream();
    await client.publish(subject, payload);
  }

  /** Takes and hands back the one message there is, as a service does that fails; the last attempt is left to it. */
  async function failAllAttemptsButOne(): Promise<void> {
    const { client } = await bus.jetStream();
    const messages = await (await client.consumers.get('WINDFALL', durable)).consume({ max_messages: 1 });
    for await (const message of messages) {
      // Not handed back, it comes again when nobody acknowledged it in time, and then not to us.
      if (message.info.deliveryCount === ATTEMPTS - 1) break;
      message.nak();
    }
    await messages.close();
  }

  async function listed(count: number): Promise<DeadLetter[]> {
    const { items } = await stack.gateway.get<{ items: unknown[] }>(route);
    expect(items).toHaveLength(count);
    return items.map((item) => deadLetter.strict().parse(item));
  }

  async function timesOf(rows: string): Promise<number> {
    const [found] = (await stack.owner.query(`select count(*)::integer as times from ${rows}`, [to])) as {
      times: number;
    }[];
    return found?.times ?? 0;
  }
});
