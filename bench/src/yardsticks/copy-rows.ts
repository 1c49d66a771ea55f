import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';

const tables = ['ingestion.curtailment_records', 'calculation.historical_bitcoin_calculations'];

/** **C**: the rows that a day ends as, written by COPY into tables with the same keys in one transaction. */
export class CopyRows {
  private constructor(
    private readonly client: pg.Client,
    private readonly rows: readonly Buffer[],
  ) {}

  /** @param settlementDate a day that is stored */
  static async prepare(databaseUrl: string, settlementDate: string): Promise<CopyRows> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
    await client.connect();
    await client.query('create schema bench_c');
    const rows: Buffer[] = [];
    for (const [index, table] of tables.entries()) {
      await client.query(`create table bench_c.t${index} (like ${table} including all)`);
      const date = pg.escapeLiteral(settlementDate);
      const copy = to(`copy (select * from ${table} where settlement_date = ${date}) to stdout`);
      rows.push(await buffer(client.query(copy)));
    }
    return new CopyRows(client, rows);
  }

  /** Empties the tables again, which is no part of the yardstick. */
  async clear(): Promise<void> {
    for (const index of tables.keys()) await this.client.query(`truncate bench_c.t${index}`);
  }

  async run(): Promise<void> {
    await this.client.query('begin');
    for (const [index, rows] of this.rows.entries()) {
      await pipeline(Readable.from([rows]), this.client.query(from(`copy bench_c.t${index} from stdin`)));
    }
    await this.client.query('commit');
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
