import pg from 'pg';

/** Channel on which every change of a settlement day's ledgers is told, as soon as it is committed. */
const CHANNEL = 'ledger_changed';

export interface LedgerFollower {
  close(): Promise<void>;
}

/**
 * Connects, and calls `onChange` whenever the ledger of some day was changed by ingestion, calculator or aggregator.
 *
 * @param onLost called once when the connection is gone
 * @throws when the database cannot be reached
 */
export async function followLedgers(
  { url, applicationName }: { url: string; applicationName: string },
  onChange: () => void,
  onLost: (reason: Error) => void,
): Promise<LedgerFollower> {
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
  client.on('notification', onChange);
  await client.connect();
  await client.query(`listen ${CHANNEL}`);
  return {
    close: async () => {
      closing = true;
      await client.end();
    },
  };
}
