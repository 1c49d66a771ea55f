import { Database } from '@app/database';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { timed } from '../measure.js';
import type { Platform } from '../platform.js';
import { takeAwayScattered, takeAwayWholeDates } from './take-away.js';

/** The platform once had 1,035,073 of 1,511,934 calculations. */
const MISSING = 1 - 1_035_073 / 1_511_934;
const CALCULATIONS = 'calculation.historical_bitcoin_calculations';

/** The states a history can be found in, and what makes it right again. */
export class OldPlatform {
  readonly database: Database;

  constructor(private readonly platform: Platform) {
    this.database = new Database({ url: platform.databaseUrl, applicationName: 'bench' });
  }

  /** Nothing is derived of it. */
  async withoutCalculations(): Promise<void> {
    const { rows } = await this.platform.owner.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and (table_schema = 'summary'
         or table_schema = 'calculation' and table_name <> 'miner_models')`,
    );
    await this.platform.owner.query(`truncate ${rows.map(({ name }) => name).join(', ')}`);
    await this.settle();
  }

  async withScatteredHoles(): Promise<void> {
    await takeAwayScattered(this.database, MISSING);
    await this.settle();
  }

  async withoutWholeDates(): Promise<void> {
    await takeAwayWholeDates(this.database, MISSING);
    await this.settle();
  }

  /** @returns seconds from the request until the job has ended, and everything is there */
  async reconcile(): Promise<number> {
    const ms = await timed(async () => {
      await this.platform.submit({ kind: 'reconcile', batchSize: 31 });
      while (await this.isBusy()) await sleep(20);
    });
    const { percentage, days } = await this.get<{ percentage: number; days: Record<string, number> }>('status');
    if (percentage !== 100 || days.partial !== 0) {
      throw new Error(`The job has ended at ${percentage} %, with days ${JSON.stringify(days)}`);
    }
    return ms / 1000;
  }

  /** Asks the gateway about everything there is. */
  async get<Answer>(route: string): Promise<Answer> {
    return (await this.platform.get(`/api/reconciliation/${route}`)) as Answer;
  }

  /** @throws when the deep check finds anything */
  async requireRight(): Promise<void> {
    const { items } = await this.get<{ items: unknown[] }>('analysis?deep=true&limit=3');
    if (items.length > 0) throw new Error(`The deep check does not agree: ${JSON.stringify(items)}`);
  }

  async close(): Promise<void> {
    await this.database.close();
  }

  private async isBusy(): Promise<boolean> {
    const { rows } = await this.platform.owner.query<{ busy: boolean }>(
      `select exists (select from reconciliation.jobs where ended_at is null) as busy`,
    );
    return rows[0]?.busy ?? false;
  }

  /** What was taken away leaves dead rows; cleaning up behind us is nobody's work to be timed. */
  private async settle(): Promise<void> {
    await this.platform.owner.query('vacuum analyze');
    await this.platform.owner.query('checkpoint');
  }
}

/** **C**: all calculations, written by COPY into a table with the same key. */
export class CopyHistory {
  private constructor(
    private readonly client: pg.Client,
    private readonly rows: readonly Buffer[],
  ) {}

  static async prepare(databaseUrl: string): Promise<CopyHistory> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
    await client.connect();
    await client.query('create schema bench_c');
    await client.query(`create table bench_c.calculations (like ${CALCULATIONS} including all)`);
    const rows: Buffer[] = [];
    for await (const chunk of client.query(to(`copy ${CALCULATIONS} to stdout`))) rows.push(chunk as Buffer);
    return new CopyHistory(client, rows);
  }

  /** @returns seconds; the table is emptied before, which is no part of the yardstick */
  async run(): Promise<number> {
    await this.client.query('truncate bench_c.calculations');
    await this.client.query('checkpoint');
    const copy = this.client.query(from('copy bench_c.calculations from stdin'));
    const ms = await timed(() => pipeline(Readable.from(this.rows), copy));
    await this.client.query('truncate bench_c.calculations');
    return ms / 1000;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
