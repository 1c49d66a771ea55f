import { type Database } from '@app/database';
import { eventually } from '@app/testing';

/**
 * Holds a table, so that a service which writes to it stands still in the middle of its transaction. Reading goes on.
 *
 * @returns lets go of it
 */
export async function holdTable(owner: Database, table: string): Promise<() => Promise<void>> {
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let holding: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => {
    holding = resolve;
  });
  const transaction = owner.transaction(async (executor) => {
    // However long the test takes.
    await executor.query('set local idle_in_transaction_session_timeout = 0');
    await executor.query(`lock table ${table} in exclusive mode`);
    holding();
    await released;
  });
  await Promise.race([isHeld, transaction]);
  return async () => {
    letGo();
    await transaction;
  };
}

/** Resolves once a service waits for a table that somebody holds. */
export async function standsStill(owner: Database, service: string): Promise<void> {
  await eventually(async () => {
    const waiting = (await owner.query(
      `select pid from pg_stat_activity
       where datname = current_database() and usename = $1 and wait_event_type = 'Lock' and wait_event = 'relation'`,
      [`windfall_${service}`],
    )) as unknown[];
    if (waiting.length === 0) throw new Error(`${service} does not wait for a table`);
  }, 30_000);
}
