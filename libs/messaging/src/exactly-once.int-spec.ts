import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ingestionRequestedV1 } from '@app/contracts';
import { Database } from '@app/database';
import { createTestDatabase, eventually, startTestNats } from '@app/testing';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { addToOutbox } from './add-to-outbox.js';
import { newEvent } from './new-event.js';

jest.setTimeout(180_000);

const KILLS = 4;
const DAYS_PER_LIFE = 25;

describe('exactly-once effect', () => {
  let service: ChildProcess;
  afterEach(() => {
    service.kill('SIGKILL');
  });

  it('holds for a service that is killed again and again in the middle of its work', async () => {
    const stores = await createTestDatabase();
    const nats = await startTestNats();
    const database = new Database({ url: stores.ownerUrl, applicationName: 'exactly-once-spec' });
    await database.query('create table counted (settlement_date date primary key)');
    await database.query('create table runs (settlement_date date)');
    const countOf = async (sql: string): Promise<number> => {
      const [row] = (await database.query(`select count(*)::int as n from ${sql}`)) as { n: number }[];
      return row?.n ?? 0;
    };
    const env = { PATH: process.env.PATH, DATABASE_URL: stores.ownerUrl, NATS_URL: nats.url };
    const fixture = join(process.cwd(), 'libs/messaging/test/counting-service.js');
    const start = (): ChildProcess => spawn(process.execPath, [fixture], { env, stdio: 'ignore' });

    let asked = 0;
    service = start();
    for (let life = 0; life < KILLS; life += 1) {
      const days = Array.from({ length: DAYS_PER_LIFE }, (_, index) => {
        const settlementDate = new Date(Date.UTC(2020, 0, 1 + asked + index)).toISOString().slice(0, 10);
        return newEvent(ingestionRequestedV1, { settlementDate, periods: null, jobId: null }, { source: 'reconciler' });
      });
      const countedBefore = await countOf('counted');
      await database.transaction((transaction) => addToOutbox(transaction, 'ingestion', days));
      asked += days.length;
      // Somewhere in its work: it has begun, and the rest of the wait is left to chance.
      await eventually(async () => expect(await countOf('counted')).toBeGreaterThan(countedBefore), 60_000);
      await delay(Math.random() * 40);
      service.kill('SIGKILL');
      await once(service, 'exit');
      service = start();
    }
    await eventually(async () => expect(await countOf('counted')).toBe(asked), 60_000);
    await eventually(async () => expect(await countOf('ingestion.outbox where published_at is null')).toBe(0));

    const connection = await connect({ servers: nats.url });
    const manager = await jetstreamManager(connection);
    const inStream = async (subject: string): Promise<number | undefined> =>
      (await manager.streams.info('WINDFALL', { subjects_filter: subject })).state.subjects?.[subject];
    expect(await inStream('ingestion.requested.v1')).toBe(asked);
    expect(await inStream('curtailment.ingested.v1')).toBe(asked);
    expect(await countOf('runs')).toBeGreaterThanOrEqual(asked);
    await eventually(async () => {
      const { num_ack_pending, num_pending } = await manager.consumers.info(
        'WINDFALL',
        'ingestion_ingestion-requested_v1',
      );
      expect({ num_ack_pending, num_pending }).toEqual({ num_ack_pending: 0, num_pending: 0 });
    });
    await connection.close();

    service.kill('SIGTERM');
    await once(service, 'exit');
    await database.close();
  });
});
