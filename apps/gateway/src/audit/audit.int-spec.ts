import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, insertAuditRows, lockAuditHead } from '@app/database';
import { type AuditEntry, auditHash, type AuditRow, chainEntries } from '@app/domain';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { auditRow, auditVerification, type AuditVerificationResult } from './audit.dto.js';

const route = '/api/reconciliation/audit';
const job = '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20';
/** More than are verified at once. */
const ROWS = 1_203;

function entry(place: number): AuditEntry {
  const refused = place % 100 === 0;
  return {
    action: place % 2 === 0 ? 'submit-job' : 'cancel-job',
    requestedBy: place % 3 === 0 ? 'night' : 'day',
    arguments: { kind: 'date', date: '2025-05-26', place },
    reason: null,
    planHash: null,
    jobId: place === 7 ? job : null,
    outcome: refused ? 'refused' : 'accepted',
    cause: refused ? { code: 'date-held', detail: 'held' } : null,
    beforeDigest: null,
    afterDigest: null,
  };
}

describe('the audit log', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;
  beforeAll(async () => {
    const { ownerUrl, urls, env } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    gateway = await startGateway(env);
    expect(await verification()).toMatchObject({ intact: true, rows: 0 });
    const reconciler = new Database({ url: urls.reconciler, applicationName: 'spec' });
    await reconciler.transaction(async (transaction) => {
      const { nowAt, ...head } = await lockAuditHead(transaction);
      await insertAuditRows(
        transaction,
        chainEntries(
          head,
          nowAt,
          Array.from({ length: ROWS }, (_, i) => entry(i + 1)),
        ),
      );
    });
    await reconciler.close();
    // What a thief of the owner's password can do; the triggers alone would refuse it.
    await owner.query('create table kept_log as select * from reconciliation.audit_log');
    await owner.query('create table kept_head as select * from reconciliation.audit_head');
    await owner.query('alter table reconciliation.audit_log disable trigger user');
    await owner.query('alter table reconciliation.audit_head disable trigger user');
  });
  beforeEach(async () => {
    await owner.query('truncate reconciliation.audit_log, reconciliation.audit_head');
    await owner.query('insert into reconciliation.audit_log select * from kept_log');
    await owner.query('insert into reconciliation.audit_head select * from kept_head');
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function verification(): Promise<AuditVerificationResult> {
    return auditVerification.strict().parse((await gateway.inject({ url: `${route}/verification` })).json());
  }

  async function listed(query: string): Promise<AuditRow[]> {
    const response = await gateway.inject({ url: `${route}?limit=1000&${query}` });
    const { items }: { items: unknown[] } = response.json();
    return items.map((item) => auditRow.strict().parse(item));
  }

  it('is listed newest first, page by page, each row once', async () => {
    const seen: number[] = [];
    for (let next: string | null = `${route}?limit=500`; next !== null;) {
      const page: { items: AuditRow[]; nextCursor: string | null } = (await gateway.inject({ url: next })).json();
      seen.push(...page.items.map(({ sequence }) => sequence));
      next = page.nextCursor === null ? null : `${route}?limit=500&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual(Array.from({ length: ROWS }, (_, place) => ROWS - place));
  });

  it('is filtered by who, what, outcome, job and time', async () => {
    expect((await listed('requestedBy=night&action=submit-job')).every(({ sequence }) => sequence % 6 === 0)).toBe(
      true,
    );
    expect(await listed('requestedBy=night&action=submit-job')).toHaveLength(200);
    expect((await listed('outcome=refused')).map(({ sequence }) => sequence / 100)).toEqual([
      12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
    ]);
    expect(await listed(`jobId=${job}`)).toMatchObject([{ sequence: 7, arguments: { place: 7 } }]);
    const [{ at } = { at: '' }] = await listed(`jobId=${job}`);
    expect(await listed(`until=${at}`)).toEqual([]);
    expect((await listed(`since=${at}`)).length).toBe(1000);
  });

  it('says so when nobody touched it', async () => {
    const [newest] = await listed(`since=2000-01-01T00:00:00Z`);
    expect(await verification()).toMatchObject({
      intact: true,
      rows: ROWS,
      headSequence: ROWS,
      headHash: newest?.hash,
      break: null,
    });
  });

  it.each([
    [`update reconciliation.audit_log set reason = 'other' where sequence = 700`, 700, 'altered'],
    [`update reconciliation.audit_log set arguments = arguments || '{"place":2}' where sequence = 1`, 1, 'altered'],
    [`update reconciliation.audit_log set requested_by = 'x' where sequence = ${ROWS}`, ROWS, 'altered'],
    [`update reconciliation.audit_log set at = at - interval '1 ms' where sequence = 500`, 500, 'altered'],
    [`delete from reconciliation.audit_log where sequence = 501`, 501, 'removed'],
    [`delete from reconciliation.audit_log where sequence = 1`, 1, 'removed'],
    [`delete from reconciliation.audit_log where sequence between 400 and 900`, 400, 'removed'],
    [`delete from reconciliation.audit_log where sequence = ${ROWS}`, ROWS, 'cut'],
    [`delete from reconciliation.audit_log where sequence > 1000`, 1001, 'cut'],
    [`delete from reconciliation.audit_log`, 1, 'cut'],
    [`delete from reconciliation.audit_head`, 1, 'cut'],
    [
      `insert into reconciliation.audit_log select (r).* from (
         select jsonb_populate_record(l, '{"sequence": ${ROWS + 1}, "previous_hash": "x"}') as r
         from reconciliation.audit_log l where sequence = 3) s`,
      ROWS + 1,
      'surplus',
    ],
  ])('finds what was done to it: %s', async (tampering, sequence, kind) => {
    await owner.query(tampering);
    expect(await verification()).toMatchObject({ intact: false, break: { sequence, kind } });
  });

  it('finds a row that was altered together with its hash', async () => {
    for (const [sequence, brokenAt] of [
      [600, 601],
      [ROWS, ROWS],
    ] as const) {
      const [row] = (await listed('')).filter((found) => found.sequence === sequence);
      if (row === undefined) throw new Error(`No row ${sequence}`);
      await owner.query('update reconciliation.audit_log set reason = $2, hash = $3 where sequence = $1', [
        sequence,
        'forged',
        auditHash({ ...row, reason: 'forged' }),
      ]);
      expect(await verification()).toMatchObject({ break: { sequence: brokenAt, kind: 'altered' } });
      await owner.query('update reconciliation.audit_log set reason = null, hash = $2 where sequence = $1', [
        sequence,
        row.hash,
      ]);
    }
    expect(await verification()).toMatchObject({ intact: true });
  });
});
