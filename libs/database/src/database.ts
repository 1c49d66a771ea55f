import { metrics, type ObservableResult } from '@opentelemetry/api';
import type pg from 'pg';
import { type DataSource } from 'typeorm';
import { createDataSource, type DataSourceOptions } from './data-source.js';
import { type Executor, rowOf } from './executor.js';
import { migrations } from './migrations/index.js';
import { findWait } from './queries/diagnostics/find-wait.js';
import { StatementWatch } from './statement-watch.js';

const DEFAULT_SLOW_STATEMENT_MS = 1_000;

export interface DatabaseOptions extends DataSourceOptions {
  /** Statements that take longer are logged; default 1000. */
  slowStatementMs?: number;
}

/** Connections of a pool: open, unused, and callers that wait for one. */
export interface PoolUse {
  open: number;
  idle: number;
  waiting: number;
}

/** A service's pool of connections. It connects when first used, so that a service starts while Postgres is still down. */
export class Database implements Executor {
  private readonly watch: StatementWatch;
  private readonly connections = metrics.getMeter('windfall').createObservableGauge('windfall_database_connections', {
    description: 'Connections of the pool that work or are idle, and callers that wait for one',
  });
  private readonly observe = (result: ObservableResult): void => this.observePool(result);
  private connecting: Promise<DataSource> | undefined;
  private pool: pg.Pool | undefined;

  constructor(private readonly options: DatabaseOptions) {
    const { applicationName, slowStatementMs = DEFAULT_SLOW_STATEMENT_MS } = options;
    this.watch = new StatementWatch({
      slowMs: slowStatementMs,
      findWait: async (statement) => findWait(await this.connected(), applicationName, statement),
    });
    this.connections.addCallback(this.observe);
  }

  get poolUse(): PoolUse {
    return { open: this.pool?.totalCount ?? 0, idle: this.pool?.idleCount ?? 0, waiting: this.pool?.waitingCount ?? 0 };
  }

  async query(sql: string, parameters?: unknown[]): Promise<unknown> {
    return await this.watch.time(sql, async () => (await this.connected()).query(sql, parameters));
  }

  /** Runs `work` in one transaction: all of it is committed, or nothing when it throws. */
  async transaction<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result> {
    const dataSource = await this.connected();
    return await dataSource.transaction((manager) =>
      work({ query: (sql, parameters) => this.watch.time(sql, () => manager.query(sql, parameters)) }),
    );
  }

  /** @throws when the database cannot be reached, or was not migrated to the schema that this program was built for */
  async check(): Promise<void> {
    const newest = migrations.at(-1)?.name;
    const { current } = await rowOf<{ current: boolean }>(
      this,
      'select exists (select from schema_migrations where name = $1) as current',
      [newest],
    );
    if (!current) throw new Error(`The migration ${newest} is missing: run npm run migrate`);
  }

  async close(): Promise<void> {
    this.connections.removeCallback(this.observe);
    const dataSource = await this.connecting?.catch(() => undefined);
    this.connecting = undefined;
    await dataSource?.destroy();
  }

  private connected(): Promise<DataSource> {
    this.connecting ??= createDataSource(this.options)
      .initialize()
      .then((dataSource) => {
        // TypeORM gives no other way to its pool.
        this.pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
        return dataSource;
      })
      .catch((error: unknown) => {
        this.connecting = undefined;
        throw error;
      });
    return this.connecting;
  }

  private observePool(result: ObservableResult): void {
    const { open, idle, waiting } = this.poolUse;
    const pool = this.options.applicationName;
    result.observe(open - idle, { pool, state: 'busy' });
    result.observe(idle, { pool, state: 'idle' });
    result.observe(waiting, { pool, state: 'waiting' });
  }
}
