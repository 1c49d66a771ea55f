import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Platform } from './platform.js';

/** The audit log cannot be emptied. The register and the miner models stay: a platform that runs has read them long ago. */
const lasting = [
  'ingestion.bm_units',
  'ingestion.register_versions',
  'calculation.miner_models',
  'reconciliation.audit_log',
  'reconciliation.audit_head',
];

/** What our platform is asked to do, and how long it takes from the request until the last commit; milliseconds. */
export class Windfall {
  constructor(private readonly platform: Platform) {}

  /** A day of which nothing is stored, until its summaries are committed. */
  async ingestDay(settlementDate: string): Promise<number> {
    const { ledgers } = this.platform;
    return await this.timed({ kind: 'ingest', date: settlementDate }, () =>
      ledgers.until(async () => (await ledgers.summarised([settlementDate])) === 1),
    );
  }

  /** A day that is stored already, until it is known that nothing has changed. */
  async ingestAgain(settlementDate: string): Promise<number> {
    const { ledgers } = this.platform;
    const before = await ledgers.fetchNumber(settlementDate);
    return await this.timed({ kind: 'ingest', date: settlementDate }, () =>
      ledgers.until(async () => (await ledgers.fetchNumber(settlementDate)) > before),
    );
  }

  /** @param onDay told after each further day how many are summarised */
  async ingestRange(settlementDates: readonly string[], onDay: (done: number) => void): Promise<number> {
    const { ledgers } = this.platform;
    const [from, to] = [settlementDates.at(0), settlementDates.at(-1)];
    let last = 0;
    return await this.timed({ kind: 'range', from, to }, () =>
      ledgers.until(async () => {
        const done = await ledgers.summarised(settlementDates);
        if (done > last) onDay(done);
        last = done;
        return done === settlementDates.length;
      }),
    );
  }

  /** Empties the tables of all days and jobs, as if none had ever been asked for. */
  async forgetAllDays(): Promise<void> {
    const { rows } = await this.platform.owner.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('ingestion', 'calculation', 'summary', 'reconciliation') and table_type = 'BASE TABLE'`,
    );
    const names = rows.map(({ name }) => name).filter((name) => !lasting.includes(name));
    const truncate = `truncate ${names.join(', ')}`;
    // A service that looks at its tables meanwhile may hold one and wait for another; then it is we who give way.
    while (await this.platform.owner.query(truncate).then(() => false, isDeadlock));
  }

  private async timed(request: Record<string, unknown>, done: () => Promise<void>): Promise<number> {
    const startedAt = performance.now();
    await this.platform.submit(request);
    await done();
    const ms = performance.now() - startedAt;
    await this.atRest();
    return ms;
  }

  /** What is left after the last commit that anybody waits for: publishing it, and ending the job. */
  private async atRest(): Promise<void> {
    for (;;) {
      const { rows } = await this.platform.owner.query<{ busy: boolean }>(
        `select exists (select from reconciliation.jobs where ended_at is null)
             or exists (select from ingestion.outbox where published_at is null)
             or exists (select from calculation.outbox where published_at is null)
             or exists (select from summary.outbox where published_at is null)
             or exists (select from reconciliation.outbox where published_at is null) as busy`,
      );
      if (rows[0]?.busy === false) return;
      await sleep(20);
    }
  }
}

/** @throws any other error */
function isDeadlock(error: unknown): boolean {
  if (error instanceof pg.DatabaseError && error.code === '40P01') return true;
  throw error;
}
