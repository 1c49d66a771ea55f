import pg from 'pg';
import type { Executor } from '../../executor.js';
import { type OutboxSchema, outboxChannel } from './insert-outbox-rows.js';

/** A connection of its own that hears of new rows in a schema's outbox. */
export interface OutboxFollower extends Executor {
  close(): Promise<void>;
}

/**
 * Connects, and calls `onNews` whenever rows were committed.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export async function followOutbox(
  options: { url: string; schema: OutboxSchema; applicationName: string },
  onNews: () => void,
  onLost: (reason: Error) => void,
): Promise<OutboxFollower> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: '-c jit=off -c timezone=UTC',
  });
  let over = false;
  const lose = (reason: Error): void => {
    if (!over) onLost(reason);
    over = true;
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('Postgres closed the connection')));
  client.on('notification', onNews);
  await client.connect();
  await client.query(`listen ${outboxChannel(options.schema)}`);
  return {
    query: async (sql, parameters) => (await client.query<Record<string, unknown>>(sql, parameters)).rows,
    close: async () => {
      over = true;
      await client.end();
    },
  };
}
