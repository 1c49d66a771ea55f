import { type DataSource } from 'typeorm';
import { createDataSource, type DataSourceOptions } from './data-source.js';
import { type Executor, rowOf } from './executor.js';
import { migrations } from './migrations/index.js';

/** Connections of a pool: open, unused, and callers that wait for one. */
export interface PoolUse {
  open: number;
  idle: number;
  waiting: number;
}

/** A service's pool of connections. It connects when first used, so that a service starts while Postgres is still down. */
export class Database implements Executor {
  private connecting: Promise<DataSource> | undefined;

  private pool: { totalCount: number; idleCount: number; waitingCount: number } | undefined;

  constructor(private readonly options: DataSourceOptions) {}

  get poolUse(): PoolUse {
    const { totalCount: open = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = this.pool ?? {};
    return { open, idle, waiting };
  }

  async query(sql: string, parameters?: unknown[]): Promise<unknown> {
    const dataSource = await this.connected();
    return await dataSource.query(sql, parameters);
  }

  /** Runs `work` in one transaction: all of it is committed, or nothing when it throws. */
  async transaction<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result> {
    const dataSource = await this.connected();
    return await dataSource.transaction(work);
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
    const dataSource = await this.connecting?.catch(() => undefined);
    this.connecting = undefined;
    await dataSource?.destroy();
  }

  private connected(): Promise<DataSource> {
    this.connecting ??= createDataSource(this.options)
      .initialize()
      .then((dataSource) => {
        // TypeORM keeps the driver's pool to itself.
        this.pool = (dataSource.driver as unknown as { master: Database['pool'] }).master;
        return dataSource;
      })
      .catch((error: unknown) => {
        this.connecting = undefined;
        throw error;
      });
    return this.connecting;
  }
}
