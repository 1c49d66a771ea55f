import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Platform } from './platform.js';

/** `windfall-<service>…|LOG:  execute …`: one line for each statement of a service, whatever protocol it came by. */
const statement = /^windfall-(\w+)[^|]*\|LOG: {2}(?:statement|execute [^:]*): /;

/** Counts what the services ask of Postgres, by Postgres' own log. */
export class StatementLog {
  private readonly file: string;

  private constructor(private readonly platform: Platform) {
    this.file = join(platform.folders.logs, 'postgres.log');
  }

  static async start(platform: Platform): Promise<StatementLog> {
    await configure(platform, `alter system set log_statement = 'all'`);
    return new StatementLog(platform);
  }

  async stop(): Promise<void> {
    await configure(this.platform, 'alter system reset log_statement');
  }

  /** How many statements each service runs during some work. */
  async during(work: () => Promise<unknown>): Promise<Map<string, number>> {
    const { size: from } = await stat(this.file);
    await work();
    const counts = new Map<string, number>();
    for (const line of (await this.readFrom(from)).split('\n')) {
      const service = statement.exec(line)?.[1];
      if (service !== undefined) counts.set(service, (counts.get(service) ?? 0) + 1);
    }
    return counts;
  }

  private async readFrom(from: number): Promise<string> {
    const log = await open(this.file);
    try {
      const { size } = await log.stat();
      const { buffer } = await log.read(Buffer.alloc(size - from), 0, size - from, from);
      return buffer.toString();
    } finally {
      await log.close();
    }
  }
}

async function configure({ owner }: Platform, change: string): Promise<void> {
  await owner.query(change);
  await owner.query('select pg_reload_conf()');
  // Sessions take it over between two statements.
  await sleep(500);
}
