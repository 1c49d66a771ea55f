import pg from 'pg';
import { fetchTexts } from './fetch-answers.js';

interface StackRow {
  settlementDate: string;
  settlementPeriod: number;
  id: string;
  soFlag: boolean;
  originalPrice: number;
  volume: number;
}

const models = [
  { name: 'S19J_PRO', ths: 100, watts: 3050 },
  { name: 'S9', ths: 13.5, watts: 1323 },
  { name: 'M20S', ths: 68, watts: 3360 },
];
const difficulty = 121_658_450_774_825;
const subsidyBtc = 3.125;

/**
 * **P**: how the platform began. Each record, and each record for each model, is one statement and one commit, ten at
 * once, after the day was deleted. Its tables have one index beside their own number, and it leaves out the summaries.
 */
export class SingleRowInserts {
  private readonly pool: pg.Pool;

  private constructor(
    databaseUrl: string,
    private readonly windFarms: ReadonlySet<string>,
  ) {
    this.pool = new pg.Pool({ connectionString: databaseUrl, application_name: 'bench', max: 10 });
  }

  static async prepare(databaseUrl: string, windFarms: ReadonlySet<string>): Promise<SingleRowInserts> {
    const inserts = new SingleRowInserts(databaseUrl, windFarms);
    await inserts.pool.query(
      `create schema bench_p;
       create table bench_p.records (
         id serial primary key, settlement_date date not null, settlement_period integer not null, farm_id text not null,
         volume numeric not null, payment numeric not null, original_price numeric not null, so_flag boolean);
       create index on bench_p.records (settlement_date);
       create table bench_p.calculations (
         id serial primary key, settlement_date date not null, settlement_period integer not null, farm_id text not null,
         miner_model text not null, bitcoin_mined numeric not null, difficulty numeric not null);
       create index on bench_p.calculations (settlement_date)`,
    );
    return inserts;
  }

  /** Does a day. @returns how many rows it inserted */
  async run(feed: string, settlementDate: string): Promise<number> {
    await this.pool.query('delete from bench_p.records where settlement_date = $1', [settlementDate]);
    const texts = await fetchTexts(feed, settlementDate);
    const rows = texts.flatMap((text) => (JSON.parse(text) as { data: StackRow[] }).data);
    const curtailed = rows.filter((row) => row.soFlag && row.volume < 0 && this.windFarms.has(row.id));
    await Promise.all(curtailed.map((row) => this.insertRecord(row)));
    await this.pool.query('delete from bench_p.calculations where settlement_date = $1', [settlementDate]);
    for (const model of models) {
      await Promise.all(curtailed.map((row) => this.insertCalculation(row, model)));
    }
    return curtailed.length * (1 + models.length);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async insertRecord(row: StackRow): Promise<void> {
    await this.pool.query(
      `insert into bench_p.records (settlement_date, settlement_period, farm_id, volume, payment, original_price, so_flag)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        row.settlementDate,
        row.settlementPeriod,
        row.id,
        row.volume,
        row.volume * row.originalPrice,
        row.originalPrice,
        row.soFlag,
      ],
    );
  }

  private async insertCalculation(row: StackRow, { name, ths, watts }: (typeof models)[number]): Promise<void> {
    const hashes = ((-row.volume * 3.6e9) / watts) * ths * 1e12;
    const bitcoin = (hashes / (difficulty * 2 ** 32)) * subsidyBtc;
    await this.pool.query(
      `insert into bench_p.calculations (settlement_date, settlement_period, farm_id, miner_model, bitcoin_mined, difficulty)
       values ($1, $2, $3, $4, $5, $6)`,
      [row.settlementDate, row.settlementPeriod, row.id, name, bitcoin, difficulty],
    );
  }
}
