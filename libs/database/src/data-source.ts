import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';
import { Connection } from './prepared.js';
import { HASH_JOIN_SETTINGS } from './queries/prefer-hash-joins.js';

const { types } = pg;
// A settlement date is a name, not an instant: as a Date it would shift with the time zone of the process.
types.setTypeParser(types.builtins.DATE, (text) => text);
types.setTypeParser(types.builtins.INT8, Number);
types.setTypeParser(types.builtins.TIMESTAMPTZ, (text) => new Date(text).toISOString());

export interface DataSourceOptions {
  url: string;
  /** Shown in pg_stat_activity, so that an operator sees whose statement is slow. */
  applicationName: string;
  poolSize?: number;
  /** Looks rows up by their keys wherever there is an index, even if statistics say that a table is empty. */
  prefersIndexes?: boolean;
  /** Writes by sets. */
  prefersHashJoins?: boolean;
}

// Just-in-time compilation makes short statements on estimated-large plans up to a hundred times slower. And a process that is
// paused in a transaction must not keep its locks: the server ends its session, and another replica goes on.
const SETTINGS = { jit: 'off', timezone: 'UTC', idle_in_transaction_session_timeout: '10s' };

/** A pool of connections; call `initialize()` before use and `destroy()` at the end. */
export function createDataSource({
  url,
  applicationName,
  poolSize = 10,
  prefersIndexes = false,
  prefersHashJoins = false,
}: DataSourceOptions): DataSource {
  const settings = {
    ...SETTINGS,
    ...(prefersIndexes ? { enable_seqscan: 'off' } : {}),
    ...(prefersHashJoins ? HASH_JOIN_SETTINGS : {}),
  };
  return new DataSource({
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    extra: {
      Client: Connection,
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(' '),
    },
  });
}
