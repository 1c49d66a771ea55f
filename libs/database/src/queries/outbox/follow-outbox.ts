import { listen, type Listener } from '../../listen.js';
import { type OutboxSchema, outboxChannel } from './insert-outbox-rows.js';

/**
 * Connects, and calls `onNews` whenever rows were committed to a schema's outbox.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export function followOutbox(
  { schema, ...options }: { url: string; schema: OutboxSchema; applicationName: string },
  onNews: () => void,
  onLost: (reason: Error) => void,
): Promise<Listener> {
  return listen(outboxChannel(schema), options, onNews, onLost);
}
