import { type OutboxRow } from '@app/database';
import type { JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Bus } from './bus.js';
import type { NewEvent } from './new-event.js';

const PUBLISH_TIMEOUT_MS = 5_000;

/** An event as it lies in an outbox and travels. */
export function messageOf({ channel, event }: NewEvent): OutboxRow {
  return {
    id: event.id,
    subject: channel,
    payload: event,
    headers: event.traceparent === undefined ? {} : { traceparent: event.traceparent },
  };
}

/** Publishes one message under its own id, so that the stream drops it when it has it already. */
export async function publish(client: JetStreamClient, message: OutboxRow): Promise<void> {
  const sent = headers();
  sent.set('Content-Type', 'application/cloudevents+json');
  for (const [name, value] of Object.entries(message.headers)) sent.set(name, value);
  await client.publish(message.subject, JSON.stringify(message.payload), {
    msgID: message.id,
    headers: sent,
    timeout: PUBLISH_TIMEOUT_MS,
  });
}

/**
 * Announces an event that no transaction makes true, such as a finding that its finder stores nowhere. Announce before the
 * event that led to it is acknowledged: whoever dies in between finds and announces the same again.
 *
 * @throws when the stream has not confirmed it
 */
export async function publishEvent(bus: Bus, event: NewEvent): Promise<void> {
  const { client } = await bus.jetStream();
  await publish(client, messageOf(event));
}
