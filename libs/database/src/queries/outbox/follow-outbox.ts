import { listen, type Listener } from '../../listen.js';
import type { UnpublishedRow } from './claim-unpublished-rows.js';
import { type OutboxSchema, outboxChannel } from './insert-outbox-rows.js';

/** Rows that were committed to an outbox, claimed for one relay. */
export interface HandedRows {
  relay: string;
  rows: UnpublishedRow[];
}

/**
 * Connects, and calls `onNews` whenever rows were committed to a schema's outbox: with the rows when they are claimed for some
 * relay, with null when whoever comes first may claim them.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export function followOutbox(
  { schema, ...options }: { url: string; schema: OutboxSchema; applicationName: string },
  onNews: (handed: HandedRows | null) => void,
  onLost: (reason: Error) => void,
): Promise<Listener> {
  const read = (payload: string): void => onNews(payload === '' ? null : (JSON.parse(payload) as HandedRows));
  return listen(outboxChannel(schema), options, read, onLost);
}
