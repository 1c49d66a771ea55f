import { afterEach } from '@jest/globals';
import { type Database } from '@app/database';
import { eventually } from '@app/testing';

type LetGo = () => Promise<void>;
const held = new Set<LetGo>();

// A test that failed before it let go must not stand in the way of the next one, nor of the end of the file.
afterEach(async () => {
  for (const letGo of held) await letGo();
});

/**
 * Holds a table until the end of the test at the latest, so that a service which writes to it stands still in the middle
 * of its transaction. Reading goes on, unless it is held against that, too.
 *
 * @returns lets go of it
 */
export async function holdTable(
  owner: Database,
  table: string,
  against: 'writing' | 'reading and writing' = 'writing',
): Promise<LetGo> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let holding: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => {
    holding = resolve;
  });
  const transaction = owner.transaction(async (executor) => {
    // However long the test takes.
    await executor.query('set local idle_in_transaction_session_timeout = 0');
    await executor.query(`lock table ${table} in ${against === 'writing' ? 'exclusive' : 'access exclusive'} mode`);
    holding();
    await released;
  });
  const letGo = async (): Promise<void> => {
    held.delete(letGo);
    release();
    await transaction;
  };
  held.add(letGo);
  await Promise.race([isHeld, transaction]);
  return letGo;
}

/** Resolves once a service waits for a table that somebody holds; not its relay, which has a connection of its own. */
export async function standsStill(owner: Database, service: string): Promise<void> {
  await eventually(async () => {
    const waiting = (await owner.query(
      `select pid from pg_stat_activity
       where datname = current_database() and application_name = $1 and wait_event_type = 'Lock' and wait_event = 'relation'`,
      [`windfall-${service}`],
    )) as unknown[];
    if (waiting.length === 0) throw new Error(`${service} does not wait for a table`);
  }, 30_000);
}

/** Ends the sessions of a killed service: the statement that stands still would be done even when nobody waits for it. */
export async function endSessions(owner: Database, service: string): Promise<void> {
  await owner.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity
     where datname = current_database() and application_name = $1`,
    [`windfall-${service}`],
  );
}
