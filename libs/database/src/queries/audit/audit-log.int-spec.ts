import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AUDIT_ORIGIN, type AuditEntry, chainEntries, findBreak, findBreakAtEnd } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { Database } from '../../database.js';
import { type Executor } from '../../executor.js';
import { findAuditChain } from './find-audit-chain.js';
import { findAuditHead } from './find-audit-head.js';
import { insertAuditRows } from './insert-audit-rows.js';
import { lockAuditHead } from './lock-audit-head.js';

function entry(reason: string): AuditEntry {
  return {
    action: 'submit-job',
    requestedBy: 'night',
    arguments: { kind: 'date', date: '2025-05-26', nested: { z: 1.5, a: [1, null, 'ü'] } },
    reason,
    planHash: null,
    jobId: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20',
    outcome: 'refused',
    cause: { code: 'date-held', detail: 'held' },
    beforeDigest: null,
    afterDigest: 'x',
  };
}

async function append(transaction: Executor, ...reasons: string[]): Promise<void> {
  const { nowAt, ...head } = await lockAuditHead(transaction);
  await insertAuditRows(transaction, chainEntries(head, nowAt, reasons.map(entry)));
}

describe('the audit log', () => {
  let owner: Database;
  let reconciler: Database;
  beforeAll(async () => {
    const { ownerUrl, urls } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
  });
  afterAll(() => Promise.all([owner.close(), reconciler.close()]));

  const everything = { after: 0, upTo: 1_000, limit: 1_000 };

  it('gives back what was appended, hash for hash', async () => {
    await reconciler.transaction((transaction) => append(transaction, 'first', 'second'));
    const rows = await findAuditChain(reconciler, everything);
    expect(rows.map(({ sequence, reason }) => [sequence, reason])).toEqual([
      [1, 'first'],
      [2, 'second'],
    ]);
    expect(rows[0]).toMatchObject(entry('first'));
    expect(findBreak(AUDIT_ORIGIN, rows)).toBeNull();
  });

  it('stays one chain when many append at once and some of them fail', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, place) =>
        reconciler.transaction(async (transaction) => {
          await append(transaction, `of ${place}`);
          if (place % 4 === 0) throw new Error('undone');
        }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
    const rows = await findAuditChain(reconciler, everything);
    expect(rows).toHaveLength(32);
    expect(findBreak(AUDIT_ORIGIN, rows)).toBeNull();
    expect([...rows].sort((a, b) => a.at.localeCompare(b.at))).toEqual(rows);
    const { newest, ...head } = (await findAuditHead(reconciler)) ?? { ...AUDIT_ORIGIN, newest: 0 };
    expect(findBreakAtEnd(rows.at(-1) ?? AUDIT_ORIGIN, head, newest)).toBeNull();
  });

  it.each([
    `update reconciliation.audit_log set reason = 'other' where sequence = 1`,
    'delete from reconciliation.audit_log',
    'truncate reconciliation.audit_log',
    'delete from reconciliation.audit_head',
    `insert into reconciliation.audit_head values (0, '')`,
    'truncate reconciliation.audit_head',
    'update reconciliation.audit_head set sequence = sequence - 1',
    `update reconciliation.audit_head set hash = 'other'`,
  ])('refuses even its owner: %s', async (statement) => {
    await expect(owner.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});
