import pg from 'pg';
import { type Executor, run } from '../../executor.js';

/** Queries as the platform's reads have them, from the lightest to the heaviest. */
export const probes = {
  simple: (executor: Executor) => run(executor, 'select 1'),
  /** The figures of the newest 31 days. */
  moderate: (executor: Executor) =>
    run(executor, 'select * from summary.daily_summaries order by settlement_date desc limit 31'),
  /** The states of all days, from all ledgers. */
  complex: (executor: Executor) =>
    run(executor, 'select state, count(*) from reconciliation.day_states group by state'),
} as const;

/** Makes a connection of its own, and ends it. */
export async function probeConnection(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'windfall-diagnostics',
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  await client.end();
}
