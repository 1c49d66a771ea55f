import { type Executor } from './executor.js';
import { Connection } from './prepared.js';

/** A connection of its own, on which the same process may also ask. */
export interface Listener extends Executor {
  close(): Promise<void>;
}

/**
 * Connects, and calls `onNews` for each notification on a channel, with what it says.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export async function listen(
  channel: string,
  { url, applicationName }: { url: string; applicationName: string },
  onNews: (payload: string) => void,
  onLost: (reason: Error) => void,
): Promise<Listener> {
  const client = new Connection({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    options: '-c jit=off -c timezone=UTC',
  });
  let closing = false;
  const lost = (reason: Error): void => {
    if (!closing) onLost(reason);
    closing = true;
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('Postgres closed the connection')));
  client.on('notification', ({ payload = '' }) => onNews(payload));
  await client.connect();
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  return {
    query: async (sql, parameters) => (await client.query<Record<string, unknown>>(sql, parameters)).rows,
    close: async () => {
      closing = true;
      await client.end();
    },
  };
}
