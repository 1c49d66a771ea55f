import { type Executor, insertOutboxRows, type OutboxSchema } from '@app/database';
import type { NewEvent } from './new-event.js';
import { messageOf } from './publish.js';
import { isRelayedHere, THIS_PROCESS } from './relayed-here.js';

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
  await insertOutboxRows(transaction, schema, events.map(messageOf), isRelayedHere(schema) ? THIS_PROCESS : null);
}
