import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job } from '@app/contracts';
import { type AuditRow } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';

const [from, to] = ['2025-06-01', '2025-06-03'];
const known = { height: 897120, fromAt: '2025-05-17T14:02:23Z', difficulty: '121658450774825' };

describe('The audit log', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
  }, 120_000);

  it('says who wanted what and why, and what came of it', async () => {
    const { gateway } = stack;
    const job = await gateway.submit({ kind: 'range', from, to, reason: 'first look' });
    await gateway.ended(job);
    const again = await gateway.run({ kind: 'date', date: from });
    await gateway.post(`/api/reconciliation/jobs/${job.id}/cancel`, { reason: 'not wanted' });
    await expect(gateway.submit({ kind: 'date', date: '2099-01-01' })).rejects.toThrow('422');
    await gateway.addRetarget({ ...known, reason: 'read from a block explorer' });
    await expect(gateway.addRetarget({ ...known, difficulty: '1', reason: 'a guess' })).rejects.toThrow('400');
    await gateway.post('/api/reconciliation/dead-letters/replay', { all: true, reason: 'none there' });

    const rows = await log(`requestedBy=e2e`);
    const wanted: Partial<AuditRow>[] = [
      {
        action: 'submit-job',
        outcome: 'accepted',
        jobId: job.id,
        reason: 'first look',
        arguments: { kind: 'range', from, to },
      },
      {
        action: 'end-job',
        outcome: 'completed',
        jobId: job.id,
        reason: 'first look',
        arguments: { kind: 'range', items: 3 },
      },
      { action: 'submit-job', outcome: 'accepted', jobId: again.id, reason: null },
      { action: 'end-job', outcome: 'completed', jobId: again.id },
      { action: 'cancel-job', outcome: 'unchanged', jobId: job.id, reason: 'not wanted' },
      { action: 'submit-job', outcome: 'refused', jobId: null, arguments: { kind: 'date', date: '2099-01-01' } },
      { action: 'add-difficulty', outcome: 'unchanged', arguments: known, reason: 'read from a block explorer' },
      { action: 'add-difficulty', outcome: 'refused', reason: 'a guess' },
      { action: 'replay-dead-letters', outcome: 'accepted', arguments: { all: true }, reason: 'none there' },
    ];
    expect(rows).toMatchObject(wanted);
    const causes = rows.filter(({ outcome }) => outcome === 'refused').map(({ cause }) => cause?.code);
    expect(causes).toEqual(['impossible-settlement-date', 'invalid-request']);
    const [first, second] = rows.filter(({ action }) => action === 'end-job');
    // Three days that were not there, and one that is complete already.
    expect(first?.beforeDigest).not.toBe(first?.afterDigest);
    expect(second?.beforeDigest).toBe(second?.afterDigest);
    expect(second?.beforeDigest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says how each job ended, also one that had nothing to do', async () => {
    const { gateway } = stack;
    const idle = await gateway.run({ kind: 'reconcile', reason: 'nothing is missing' });
    expect(idle).toMatchObject({ state: 'completed', totals: { items: 0 } });
    const blocked = await gateway.run({ kind: 'date', date: '2026-07-10' });
    await gateway.post(`/api/reconciliation/jobs/${blocked.id}/resume`, { reason: 'once more' });
    await eventually(async () => expect(await endsOf(blocked)).toHaveLength(2));
    const held = await gateway.submit({ kind: 'range', from, to, batchSize: 1 });
    const waiting = await gateway.submit({ kind: 'date', date: to, onConflict: 'queue' });
    await gateway.post(`/api/reconciliation/jobs/${waiting.id}/cancel`, {});
    await gateway.ended(held);
    await gateway.ended(waiting);

    const [ended, ...more] = await endsOf(idle);
    expect(more).toEqual([]);
    expect(ended).toMatchObject({ outcome: 'completed', reason: 'nothing is missing', requestedBy: 'e2e' });
    expect(ended?.afterDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(ended?.afterDigest).toBe(ended?.beforeDigest);
    const difficultyMissing = { outcome: 'failed', cause: { code: 'difficulty-missing' } };
    expect(await endsOf(blocked)).toMatchObject([difficultyMissing, difficultyMissing]);
    expect(await log(`jobId=${blocked.id}&action=resume-job`)).toMatchObject([
      { outcome: 'accepted', reason: 'once more' },
    ]);
    expect(await endsOf(waiting)).toMatchObject([{ outcome: 'cancelled', arguments: { kind: 'date', items: 1 } }]);
  });

  it('repeats nothing for a repeated request', async () => {
    const before = await log('action=submit-job');
    const request = { kind: 'date', date: from } as const;
    const [job] = await Promise.all(
      ['a', 'a'].map(async (key) => stack.gateway.submit(request, key).catch(() => undefined)),
    );
    await stack.gateway.ended(job ?? (await stack.gateway.submit(request, 'a')));
    expect(await log('action=submit-job')).toHaveLength(before.length + 1);
  });

  it('is one chain, whoever writes at once and however services die', async () => {
    const submissions = Array.from({ length: 30 }, (_, place) =>
      stack.gateway
        .submit({ kind: 'ingest', date: from, periods: String(place + 1), onConflict: 'queue' })
        .catch(() => null),
    );
    const another = await stack.startAnother('reconciler');
    await stack.services.reconciler.kill();
    await Promise.all(submissions);
    await stack.services.reconciler.restart();
    const [job] = (await Promise.all(submissions)).filter((accepted) => accepted !== null);
    if (job !== undefined) await stack.gateway.ended(job);
    await eventually(async () => {
      const { rows } = await verified();
      expect(rows).toBeGreaterThan(10);
    });
    expect(await verified()).toMatchObject({ intact: true, break: null });
    await another.stop();
    const [jobs] = (await stack.owner.query(
      `select (select count(*) from reconciliation.jobs)::integer as stored,
              (select count(*) from reconciliation.audit_log where action = 'submit-job' and outcome = 'accepted')::integer as audited`,
    )) as { stored: number; audited: number }[];
    expect(jobs?.audited).toBe(jobs?.stored);
    // A job ends once, and once more each time it was resumed.
    expect(
      await stack.owner.query(
        `select j.kind, j.state, count(a.*) filter (where a.action = 'end-job')::integer as ends
         from reconciliation.jobs j left join reconciliation.audit_log a on a.job_id = j.id
         where j.ended_at is not null
         group by j.id
         having count(a.*) filter (where a.action = 'end-job')
           <> count(a.*) filter (where a.action in ('submit-job', 'resume-job') and a.outcome = 'accepted')`,
      ),
    ).toEqual([]);
  });

  async function endsOf({ id }: Job): Promise<AuditRow[]> {
    return await log(`jobId=${id}&action=end-job`);
  }

  /** Oldest first. */
  async function log(query: string): Promise<AuditRow[]> {
    const { items } = await stack.gateway.get<{ items: AuditRow[] }>(`/api/reconciliation/audit?${query}`);
    return items.reverse();
  }

  async function verified(): Promise<{ intact: boolean; rows: number; break: unknown }> {
    return await stack.gateway.get('/api/reconciliation/audit/verification');
  }
});
