import pg from 'pg';
import type { Executor } from '../../executor.js';
import { type OutboxSchema, outboxChannel } from './insert-outbox-rows.js';

/** A connection of its own that hears of new rows in a schema's outbox. */
export interface OutboxFollower {
  /**
   * Runs `work` in a transaction that no other follower of this outbox runs at the same time. It waits for its turn
   * rather than giving up: whoever holds the turn may have looked before our row was committed.
   */
  inTurn<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result>;
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
    // A paused process must not keep its turn: the server ends its session, and the next follower goes on.
    options: '-c jit=off -c timezone=UTC -c idle_in_transaction_session_timeout=10s',
  });
  let over = false;
  const lose = (reason: Error): void => {
    if (!over) onLost(reason);
    over = true;
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('Postgres closed the connection')));
  client.on('notification', onNews);
  const executor: Executor = {
    query: async (sql, parameters) => (await client.query<Record<string, unknown>>(sql, parameters)).rows,
  };
  await client.connect();
  await executor.query(`listen ${outboxChannel(options.schema)}`);
  return {
    inTurn: async (work) => {
      await executor.query('begin');
      try {
        await executor.query(`select pg_advisory_xact_lock(hashtext($1))`, [outboxChannel(options.schema)]);
        const result = await work(executor);
        await executor.query('commit');
        return result;
      } catch (error) {
        await executor.query('rollback').catch(() => undefined);
        throw error;
      }
    },
    close: async () => {
      over = true;
      await client.end();
    },
  };
}
