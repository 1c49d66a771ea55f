import { createHash } from 'node:crypto';
import pg from 'pg';

const names = new Map<string, string>();

/**
 * Marks a statement that is asked often and answered from a few rows, so that most of its time went into planning it: each
 * connection keeps its plan. It has to be a plan that suits all parameters and sizes of the tables; a bulk statement, for which
 * there is none, is planned each time.
 *
 * @param sql a constant
 * @returns the same text
 */
export function prepared(sql: string): string {
  // Named after its text, so that a pooler between us and Postgres tells the statements of two versions apart.
  if (!names.has(sql)) names.set(sql, `windfall_${createHash('sha256').update(sql).digest('hex').slice(0, 16)}`);
  return sql;
}

/** A connection that keeps the plans of prepared statements. */
export class Connection extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super(options);
    // There are moments when a pool hands it over in which nobody listens. Who asks next is told that it is lost; an error
    // that nobody heard would end the process.
    this.on('error', () => undefined);
  }

  override query = ((sql: unknown, values: unknown, ...others: unknown[]): unknown => {
    const ask = super.query.bind(this) as (...parameters: unknown[]) => unknown;
    const name = typeof sql === 'string' ? names.get(sql) : undefined;
    return name === undefined ? ask(sql, values, ...others) : ask({ name, text: sql, values }, ...others);
  }) as pg.Client['query'];
}
