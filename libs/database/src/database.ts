import { type DataSource } from 'typeorm';
import { createDataSource, type DataSourceOptions } from './data-source.js';
import { type Executor, run } from './executor.js';

/** A service's pool of connections. It connects when first used, so that a service starts while Postgres is still down. */
export class Database implements Executor {
  private connecting: Promise<DataSource> | undefined;

  constructor(private readonly options: DataSourceOptions) {}

  async query(sql: string, parameters?: unknown[]): Promise<unknown> {
    const dataSource = await this.connected();
    return await dataSource.query(sql, parameters);
  }

  /** Runs `work` in one transaction: all of it is committed, or nothing when it throws. */
  async transaction<Result>(work: (transaction: Executor) => Promise<Result>): Promise<Result> {
    const dataSource = await this.connected();
    return await dataSource.transaction(work);
  }

  /** @throws when the database cannot be reached */
  async check(): Promise<void> {
    await run(this, 'select 1');
  }

  async close(): Promise<void> {
    const dataSource = await this.connecting?.catch(() => undefined);
    this.connecting = undefined;
    await dataSource?.destroy();
  }

  private connected(): Promise<DataSource> {
    this.connecting ??= createDataSource(this.options)
      .initialize()
      .catch((error: unknown) => {
        this.connecting = undefined;
        throw error;
      });
    return this.connecting;
  }
}
