import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database } from '@app/database';
import { DifficultyTable, RetargetSource } from '@app/difficulty';
import { createTestDatabase, startDifficultySource, startTestDynamo, type TestDifficultySource } from '@app/testing';
import { Logger } from '@nestjs/common';
import { parse } from 'csv-parse/sync';
import { AddDifficultyService } from './add-difficulty.service.js';
import { AuditLog } from './audit-log.service.js';
import { UpdateDifficultyService } from './update-difficulty.service.js';

const EVER = { fromAt: '1970-01-01T00:00:00Z', toAt: '9999-12-31T00:00:00Z' };

/** The newest eight that come with the program: bits from block headers, and the difficulty as wallets' checkpoints have it. */
const rows = parse<Record<'height' | 'timestamp_utc' | 'unix_time' | 'difficulty' | 'bits', string>>(
  readFileSync(join(process.cwd(), 'libs/difficulty/data/difficulty.csv')),
  { columns: true },
).slice(-8);
const blocks = rows.map(({ height, unix_time, bits }) => ({
  height: Number(height),
  timestamp: Number(unix_time),
  bits: parseInt(bits, 16),
}));
const stored = rows.map(({ height, unix_time, difficulty }) => ({
  height: Number(height),
  fromUnix: Number(unix_time),
  difficulty,
}));
const served = rows.map(({ height, timestamp_utc: fromAt, difficulty }) => ({
  height: Number(height),
  fromAt,
  difficulty,
}));

describe('updating the difficulty', () => {
  let owner: Database;
  let reconciler: Database;
  let endpoint: string;
  let table: DifficultyTable;
  let tables = 0;
  let explorer: TestDifficultySource;
  let source: RetargetSource;
  let service: UpdateDifficultyService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    const [{ ownerUrl, urls }, dynamo] = await Promise.all([createTestDatabase(), startTestDynamo()]);
    Object.assign(process.env, dynamo.env);
    ({ endpoint } = dynamo);
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
  });
  afterAll(() => Promise.all([owner.close(), reconciler.close()]));

  beforeEach(async () => {
    await owner.query('delete from reconciliation.outbox');
    tables += 1;
    table = new DifficultyTable({ endpoint, region: 'eu-west-2', table: `difficulty-${tables}` });
    await table.ensure();
    explorer = await startDifficultySource();
    explorer.add(blocks);
    source = new RetargetSource(`${explorer.url}/`);
    service = serviceOf(source);
  });

  function serviceOf(from: RetargetSource | null): UpdateDifficultyService {
    const audit = new AuditLog(reconciler);
    const adding = new AddDifficultyService(reconciler, table, audit);
    return new UpdateDifficultyService(reconciler, table, adding, audit, from);
  }

  async function know(...indices: number[]): Promise<void> {
    for (const index of indices) if (stored[index] !== undefined) await table.addRetarget(stored[index]);
  }

  async function update(idempotencyKey: string | null = null, reason = 'days wait') {
    return await service.update({ reason, requestedBy: 'spec', idempotencyKey });
  }

  /** Heights that were told of since this was last called. */
  async function toldOf(): Promise<number[]> {
    const told = (await owner.query(
      `select (payload->'data'->>'height')::int as height from reconciliation.outbox where subject = 'difficulty.updated.v1' order by seq`,
    )) as { height: number }[];
    await owner.query('delete from reconciliation.outbox');
    return told.map(({ height }) => height);
  }

  it('adds what is new, to the last digit, and tells of each', async () => {
    await know(0, 1, 2, 3);
    expect(await update()).toEqual({ added: served.slice(4), newest: served[7] });
    expect(await table.readRetargets(EVER)).toEqual(stored);
    expect(await toldOf()).toEqual(stored.slice(4).map(({ height }) => height));
    expect(await update()).toEqual({ added: [], newest: served[7] });
    expect(await toldOf()).toEqual([]);
    const log = await owner.query(
      `select action, reason, outcome from reconciliation.audit_log order by sequence desc limit 2`,
    );
    expect(log).toEqual([
      { action: 'update-difficulty', reason: 'days wait', outcome: 'unchanged' },
      { action: 'update-difficulty', reason: 'days wait', outcome: 'accepted' },
    ]);
  });

  it('fills what is missing between known ones', async () => {
    await know(0, 1, 4, 7);
    expect((await update()).added).toEqual([2, 3, 5, 6].map((index) => served[index]));
    expect(await table.readRetargets(EVER)).toEqual(stored);
  });

  it('leaves a block alone that fewer than five others lie on', async () => {
    await know(0, 1, 2, 3, 4, 5, 6);
    explorer.add([], 4);
    expect((await update()).added).toEqual([]);
    explorer.add([], 5);
    expect((await update()).added).toEqual([served[7]]);
  });

  it('is done once for each idempotency key', async () => {
    await know(0, 1, 2, 3, 4, 5, 6);
    const first = await update('once');
    explorer.instead = () => ({ status: 500, body: '' });
    expect(await update('once')).toEqual(first);
  });

  const [, , , , , , before, newest] = blocks;
  const blockOf = (change: object) => (path: string) =>
    path.startsWith('/api/block/') && path.endsWith((newest?.height ?? 0).toString(16))
      ? { body: JSON.stringify({ id: path.slice('/api/block/'.length), ...newest, ...change }) }
      : undefined;

  it.each<[string, string, string, TestDifficultySource['instead']]>([
    ['does not answer', 'source-unavailable', 'HTTP 503', () => ({ status: 503, body: 'busy' })],
    ['has had enough', 'source-unavailable', 'HTTP 429', () => ({ status: 429, body: '' })],
    ['is another server', 'source-rejected', 'HTTP 404', () => ({ status: 404, body: 'no such page' })],
    ['answers with a page', 'source-malformed', 'blocks/tip/height', () => ({ body: '<html>' })],
    [
      'breaks off',
      'source-malformed',
      'no JSON',
      (path) => (path.includes('/block/') ? { body: '{"id":' } : undefined),
    ],
    ['has no bits', 'source-malformed', 'bits', blockOf({ bits: undefined })],
    ['has bits of no block', 'source-malformed', 'no block has such bits', blockOf({ bits: 0x17802c40 })],
    ['has a time that is none', 'source-malformed', 'timestamp', blockOf({ timestamp: '2026-06-14' })],
    ['speaks of another block', 'source-malformed', 'was asked for', blockOf({ height: 953_569 })],
    ['goes back in time', 'source-malformed', 'not later', blockOf({ timestamp: before?.timestamp })],
    // The first bits that are more than four times as difficult as the block before: a mantissa of less than a quarter.
    ['leaps', 'source-malformed', 'factor of four', blockOf({ bits: 0x17008000 })],
    [
      'follows another chain',
      'source-malformed',
      'is known',
      (path) => {
        const [, height = 'ff'] = /^\/api\/block\/(\w+)$/.exec(path) ?? [];
        const block = blocks.find((candidate) => candidate.height === parseInt(height, 16));
        return block && { body: JSON.stringify({ ...block, id: height, bits: 0x170240c4 }) };
      },
    ],
  ])('adds nothing when the source %s', async (_, code, message, instead) => {
    await know(0, 1, 2, 3, 4, 5);
    explorer.instead = instead;
    await expect(update()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(await table.readRetargets(EVER)).toEqual(stored.slice(0, 6));
    expect(await toldOf()).toEqual([]);
  });

  it('says so when the source cannot be reached, when there is none, and when nothing is known', async () => {
    await know(0);
    service = serviceOf(new RetargetSource('http://127.0.0.1:9'));
    await expect(update()).rejects.toMatchObject({
      code: 'source-unavailable',
      message: expect.stringContaining('127.0.0.1:9, /api/blocks/tip/height: ECONNREFUSED'),
    });
    service = serviceOf(null);
    await expect(update()).rejects.toMatchObject({
      code: 'not-configured',
      message: expect.stringContaining('DIFFICULTY_SOURCE_URL'),
    });
    table = new DifficultyTable({ endpoint, region: 'eu-west-2', table: 'difficulty-empty' });
    await table.ensure();
    service = serviceOf(source);
    await expect(update()).rejects.toMatchObject({ code: 'difficulty-missing' });
  });
});
