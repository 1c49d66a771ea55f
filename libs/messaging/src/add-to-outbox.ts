import { type Executor, insertOutboxRows, type OutboxRow, type OutboxSchema } from '@app/database';
import type { NewEvent } from './new-event.js';

/**
 * Announces events with the transaction that makes them true: they are published right after its commit, and never when
 * it is rolled back. A fact that was announced before is left alone.
 *
 * @param transaction the one that stores what the events are about
 */
export async function addToOutbox(
  transaction: Executor,
  schema: OutboxSchema,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map(({ channel, event }): OutboxRow => ({
    id: event.id,
    subject: channel,
    payload: event,
    headers: event.traceparent === undefined ? {} : { traceparent: event.traceparent },
  }));
  await insertOutboxRows(transaction, schema, rows);
}
