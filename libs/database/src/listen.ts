import pg from 'pg';

export interface Listener {
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
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
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
    close: async () => {
      closing = true;
      await client.end();
    },
  };
}
