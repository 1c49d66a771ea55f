import { beforeAll, describe, expect, it } from '@jest/globals';
import { type AuditAction } from '@app/domain';
import { type Job } from '@app/contracts';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';

const [first, second] = ['2025-06-01', '2025-06-02'];
const jobs = '/api/reconciliation/jobs';

/** A write route with a request, and another one that it would take as well. */
interface Write {
  route: string;
  /** How the audit log calls it. */
  action: AuditAction;
  status: number;
  body: object;
  otherBody: object;
}

const retarget = { height: 955584, fromAt: '2026-06-28T04:11:09Z', difficulty: '138966872071213' };

const writes: Write[] = [
  {
    route: jobs,
    action: 'submit-job',
    status: 202,
    body: { kind: 'date', date: first },
    otherBody: { kind: 'date', date: second },
  },
  {
    route: '/api/reconciliation/verifications',
    action: 'submit-job',
    status: 202,
    body: { date: first, sampling: 'fixed' },
    otherBody: { date: first, sampling: 'random' },
  },
  { route: `${jobs}/{id}/cancel`, action: 'cancel-job', status: 202, body: {}, otherBody: {} },
  { route: `${jobs}/{id}/resume`, action: 'resume-job', status: 202, body: {}, otherBody: {} },
  {
    route: '/api/difficulty',
    action: 'add-difficulty',
    status: 201,
    body: retarget,
    otherBody: { ...retarget, height: 957600, fromAt: '2026-07-12T04:11:09Z' },
  },
  {
    route: '/api/reconciliation/dead-letters/replay',
    action: 'replay-dead-letters',
    status: 200,
    body: { all: true },
    otherBody: { all: true, reason: 'again' },
  },
];

describe('A write with an Idempotency-Key', () => {
  let stack: Stack;
  /** Jobs that failed and can be resumed; what they would calculate from was never ingested. */
  let failed: [Job, Job];

  beforeAll(async () => {
    stack = await startStack(lightDays(first, second));
    failed = [
      await stack.gateway.run({ kind: 'calculate', from: '2025-06-08' }),
      await stack.gateway.run({ kind: 'calculate', from: '2025-06-09' }),
    ];
    expect(failed).toMatchObject([{ state: 'failed' }, { state: 'failed' }]);
  }, 120_000);

  async function audited(action: AuditAction): Promise<number> {
    const rows = await stack.gateway.get<{ items: object[] }>(`/api/reconciliation/audit?action=${action}&limit=200`);
    return rows.items.length;
  }

  it('is looked at here for each route that writes, but for what asks a server of retargets', async () => {
    const { paths } = await stack.gateway.get<{ paths: Record<string, { post?: object }> }>('/openapi.json');
    const writing = Object.keys(paths).filter((path) => paths[path]?.post !== undefined);
    const ownSpec = '/api/difficulty/update';
    expect(writing.filter((path) => path !== ownSpec).sort()).toEqual(writes.map(({ route }) => route).sort());
  });

  it.each(writes)(
    'is made once when it is sent ten times at once, and has a name for itself: $route',
    async ({ route, action, status, body, otherBody }) => {
      const key = { 'idempotency-key': `ten at once ${route}`.replaceAll(' ', '-') };
      const path = route.replace('{id}', failed[0].id);
      const before = await audited(action);
      const answers = await Promise.all(Array.from({ length: 10 }, () => stack.gateway.send(path, body, key)));
      expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 10 }, () => status));
      const [answer, ...others] = await Promise.all(answers.map((sent) => sent.json()));
      expect(others).toEqual(others.map(() => answer));
      expect(await audited(action)).toBe(before + 1);

      // Also once what it began has ended.
      if (status === 202) await stack.gateway.ended(answer as Job);
      const later = await stack.gateway.send(path, body, key);
      expect([later.status, await later.json()]).toEqual([status, answer]);
      expect(await audited(action)).toBe(before + 1);

      const otherPath = route.replace('{id}', failed[1].id);
      const conflict = await stack.gateway.send(otherPath, otherBody, key);
      expect([conflict.status, await conflict.json()]).toMatchObject([422, { code: 'idempotency-conflict' }]);
      const colleague = await stack.colleague.send(otherPath, otherBody, key);
      expect(colleague.status).toBe(status);
      // That, and the refusal.
      expect(await audited(action)).toBe(before + 3);
    },
  );

  it('leaves the key free where it was refused, and where it was only planned', async () => {
    const headers = { 'idempotency-key': 'refused-first' };
    expect((await stack.gateway.send(jobs, { kind: 'date', date: '2099-01-01' }, headers)).status).toBe(422);
    expect((await stack.gateway.send(`${jobs}?plan=true`, { kind: 'date', date: second }, headers)).status).toBe(200);
    const accepted = await stack.gateway.send(jobs, { kind: 'reconcile' }, headers);
    expect(accepted.status).toBe(202);
  });
});
