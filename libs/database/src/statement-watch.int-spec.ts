import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createTestDatabase, eventually } from '@app/testing';
import { Database } from './database.js';
import { lockAuditHead } from './queries/audit/lock-audit-head.js';

describe('a slow statement', () => {
  let holder: Database;
  let waiter: Database;
  beforeAll(async () => {
    const { urls } = await createTestDatabase();
    holder = new Database({ url: urls.reconciler, applicationName: 'holder' });
    waiter = new Database({ url: urls.reconciler, applicationName: 'waiter', slowStatementMs: 200 });
  });
  afterAll(() => Promise.all([holder.close(), waiter.close()]));

  it('is logged by the name of its function, with the lock that it waited for and who held it', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    await waiter.query('select 1');
    let waiting: Promise<unknown> | undefined;
    await holder.transaction(async (transaction) => {
      await lockAuditHead(transaction);
      waiting = waiter.transaction((other) => lockAuditHead(other));
      // Longer than a statement may take; the lock is held meanwhile.
      await transaction.query('select pg_sleep(0.8)');
    });
    await waiting;
    await eventually(() => expect(warn).toHaveBeenCalledTimes(1));
    expect(warn.mock.calls[0]?.[0]).toMatchObject({
      msg: 'slow statement',
      statement: 'lock-audit-head',
      wait: { waitsFor: 'Lock', blockedBy: [{ applicationName: 'holder' }] },
    });
    warn.mockRestore();
  });
});
