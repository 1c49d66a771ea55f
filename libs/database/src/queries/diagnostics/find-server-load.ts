import { type Executor, rowOf } from '../../executor.js';

export interface ServerLoad {
  connections: number;
  maxConnections: number;
  /** Sessions that wait for a lock. */
  waiting: number;
  /** Statements in this database that have run for more than five seconds. */
  slowStatements: number;
  /** Events of all outboxes that wait to be published for more than a minute. */
  unpublished: number;
}

/** How much the database server has to do, and what waits in the outboxes. */
export async function findServerLoad(executor: Executor): Promise<ServerLoad> {
  const late = (schema: string) =>
    `(select count(*) from ${schema}.outbox where published_at is null and created_at < now() - interval '1 minute')`;
  return await rowOf<ServerLoad>(
    executor,
    `select connections, max_connections as "maxConnections", waiting, slow_statements as "slowStatements",
            ${['ingestion', 'calculation', 'summary', 'reconciliation'].map(late).join(' + ')} as unpublished
     from reconciliation.server_load()`,
  );
}
