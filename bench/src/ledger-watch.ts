import { once } from 'node:events';
import pg from 'pg';

const PATIENCE_MS = 300_000;

/** Waits for what the services commit, told of each commit by the ledgers themselves. */
export class LedgerWatch {
  private changes = 0;

  private constructor(private readonly client: pg.Client) {
    client.on('notification', () => (this.changes += 1));
  }

  static async connect(databaseUrl: string): Promise<LedgerWatch> {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: 'bench' });
    await client.connect();
    await client.query('listen ledger_changed');
    return new LedgerWatch(client);
  }

  /** Resolves when the condition holds after some commit. */
  async until(condition: () => Promise<boolean>): Promise<void> {
    for (;;) {
      const seen = this.changes;
      if (await condition()) return;
      if (seen === this.changes) await once(this.client, 'notification', { signal: AbortSignal.timeout(PATIENCE_MS) });
    }
  }

  /** How many of these days are ingested, calculated and summarised, each step resting on the one before. */
  async summarised(settlementDates: readonly string[]): Promise<number> {
    return await this.count(
      `select count(*)::int as count
       from ingestion.settlement_days d
       join calculation.calculated_days c on c.settlement_date = d.settlement_date and c.derived_from = d.revision
       join summary.aggregated_days a on a.settlement_date = d.settlement_date and a.derived_from = c.revision
       where d.settlement_date = any($1) and d.periods_loaded = d.periods_expected and c.outcome = 'calculated'`,
      [settlementDates],
    );
  }

  /** How many fetches of this day have been stored, whether or not they brought anything new. */
  async fetchNumber(settlementDate: string): Promise<number> {
    const sql =
      'select coalesce(max(fetch_number), 0)::int as count from ingestion.settlement_days where settlement_date = $1';
    return await this.count(sql, [settlementDate]);
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async count(sql: string, parameters: unknown[]): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(sql, parameters);
    return rows[0]?.count ?? 0;
  }
}
