import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Job, type JobRequest } from '@app/contracts';
import { type AuditRow, settlementDatesBetween } from '@app/domain';
import { eventually } from '@app/testing';
import { lightDays } from './light-days.js';
import { type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const jobs = '/api/reconciliation/jobs';
const [from, to] = ['2025-06-01', '2025-06-09'];
const date = '2025-06-05';

describe('Two operators', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack(lightDays(from, to));
  }, 120_000);
  beforeEach(() => stack.forgetAllDays());
  // A test that failed before it did so must not leave it standing for the next.
  afterEach(() => stack.services.ingestion.resume());

  /** Of all that is known of days; what jobs leave of themselves is another when there were two. */
  async function digest(): Promise<Digest> {
    const all = Object.entries(await contentDigest(stack.owner));
    return Object.fromEntries(all.filter(([table]) => !/^reconciliation\.job/.test(table)));
  }

  /** What one repair alone makes of nothing. */
  async function undisturbed(request: JobRequest): Promise<Digest> {
    expect(await stack.gateway.run(request)).toMatchObject({ state: 'completed' });
    await eventually(async () => {
      const unpublished = await stack.owner.query('select from summary.outbox where published_at is null');
      expect(unpublished).toEqual([]);
    });
    const made = await digest();
    await stack.forgetAllDays();
    return made;
  }

  /** How many versions of each date were ever announced. */
  async function versions(): Promise<Record<string, number>> {
    const rows = (await stack.owner.query(
      `select split_part(id, ':', 2) as date, count(*)::integer as versions from ingestion.outbox
       where id like 'curtailment.ingested:%' group by 1 order by 1`,
    )) as { date: string; versions: number }[];
    return Object.fromEntries(rows.map(({ date, versions }) => [date, versions]));
  }

  async function auditOf(action: string): Promise<AuditRow[]> {
    const query = `action=${action}&limit=2`;
    return (await stack.gateway.get<{ items: AuditRow[] }>(`/api/reconciliation/audit?${query}`)).items.reverse();
  }

  it('who repair one date at once: one does, the other is told who, and may wait for it', async () => {
    const right = await undisturbed({ kind: 'date', date });
    // Nothing ends before all have asked.
    stack.services.ingestion.pause();
    const both = [stack.gateway, stack.colleague];
    const answers = await Promise.all(both.map((operator) => operator.send(jobs, { kind: 'date', date })));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const [first, second] = answers[0]?.status === 202 ? both : both.toReversed();
    const holding = (await answers.find(({ status }) => status === 202)?.json()) as Job;
    const refusal = answers.find(({ status }) => status === 409);
    expect(refusal?.headers.get('content-type')).toContain('application/problem+json');
    expect(await refusal?.json()).toMatchObject({
      code: 'date-held',
      detail: expect.stringContaining('"onConflict": "queue"') as unknown,
      holder: {
        jobId: holding.id,
        kind: 'date',
        settlementDate: date,
        sinceAt: expect.stringMatching(/Z$/) as unknown,
      },
    });
    expect(await stack.gateway.get(jobs)).toMatchObject({ items: [{ id: holding.id }] });

    const queued = await second?.submit({ kind: 'ingest', date, onConflict: 'queue', reason: 'after you' });
    if (first === undefined || queued === undefined) throw new Error('Two operators are two');
    await eventually(async () => {
      expect(await stack.gateway.items(queued)).toMatchObject([
        { state: 'waiting', cause: { code: 'date-held', detail: `Job ${holding.id} (date) holds the date.` } },
      ]);
    });
    stack.services.ingestion.resume();
    for (const job of [holding, queued]) expect(await first.ended(job)).toMatchObject({ state: 'completed' });

    const [before] = await stack.gateway.items(holding);
    const [after] = await stack.gateway.items(queued);
    expect([after?.cause, after?.startedAt]).toEqual([null, expect.any(String)]);
    expect(instantOf(after?.startedAt)).toBeGreaterThanOrEqual(instantOf(before?.endedAt));
    // The second fetch found what the first had stored.
    expect(after).toMatchObject({ before: before?.after, after: before?.after });
    expect(await versions()).toEqual({ [date]: 1 });
    await eventually(async () => expect(await digest()).toEqual(right));

    const refused = (await stack.gateway.get<{ items: AuditRow[] }>(`/api/reconciliation/audit?outcome=refused`)).items;
    expect(refused).toMatchObject([
      { action: 'submit-job', requestedBy: queued.requestedBy, jobId: null, cause: { code: 'date-held' } },
    ]);
    expect(refused[0]?.cause?.detail).toContain(holding.id);
    expect(await auditOf('submit-job')).toMatchObject([
      { outcome: 'refused', requestedBy: queued.requestedBy },
      { outcome: 'accepted', requestedBy: queued.requestedBy, jobId: queued.id, reason: 'after you' },
    ]);
    expect(await auditOf('end-job')).toMatchObject([
      { outcome: 'completed', jobId: holding.id, requestedBy: holding.requestedBy },
      { outcome: 'completed', jobId: queued.id, requestedBy: queued.requestedBy },
    ]);
    expect(holding.requestedBy).not.toBe(queued.requestedBy);
    expect(await stack.gateway.get('/api/reconciliation/audit/verification')).toMatchObject({ intact: true });
  });

  it('whose ranges overlap: the dates of both wait for the older job, and all is done once', async () => {
    const right = await undisturbed({ kind: 'range', from, to });
    stack.services.ingestion.pause();
    const ranges = await Promise.all([
      stack.gateway.submit({ kind: 'range', from, to: '2025-06-06', batchSize: 2 }),
      stack.colleague.submit({ kind: 'range', from: '2025-06-04', to, batchSize: 2 }),
    ]);
    await eventually(async () => {
      const items = await Promise.all(ranges.map((job) => stack.gateway.items(job)));
      const waiting = items.map((of) => of.filter(({ state }) => state === 'waiting'));
      const [younger] = waiting.filter((of) => of.length > 0);
      const older = ranges[waiting.findIndex((of) => of.length === 0)];
      const held = { code: 'date-held', detail: `Job ${older?.id ?? ''} (range) holds the date.`, periods: [] };
      expect(younger?.map(({ settlementDate, cause }) => [settlementDate, cause])).toEqual(
        settlementDatesBetween('2025-06-04', '2025-06-06').map((overlap) => [overlap, held]),
      );
    });
    stack.services.ingestion.resume();
    for (const job of ranges)
      expect(await stack.gateway.ended(job)).toMatchObject({
        state: 'completed',
        totals: { items: 6, completed: 6 },
      });
    expect(await versions()).toEqual(Object.fromEntries(settlementDatesBetween(from, to).map((day) => [day, 1])));
    await eventually(async () => expect(await digest()).toEqual(right));
    await expectNeverTwoAtOnce(ranges);
  });

  /** On no date did the work of both jobs overlap. */
  async function expectNeverTwoAtOnce([one, other]: readonly [Job, Job]): Promise<void> {
    const others = await stack.gateway.items(other);
    for (const item of await stack.gateway.items(one)) {
      const same = others.find(({ settlementDate }) => settlementDate === item.settlementDate);
      if (same === undefined) continue;
      const [first, second] = [item, same].sort((a, b) => instantOf(a.startedAt) - instantOf(b.startedAt));
      expect(instantOf(second?.startedAt)).toBeGreaterThanOrEqual(instantOf(first?.endedAt));
    }
  }

  it('may refuse to wait with many dates, and wait with any number of found ones', async () => {
    stack.services.ingestion.pause();
    const holding = await stack.gateway.submit({ kind: 'date', date });
    const range: JobRequest = { kind: 'range', from, to, onConflict: 'fail' };
    const refused = await stack.colleague.send(jobs, range);
    expect([refused.status, await refused.json()]).toMatchObject([
      409,
      { code: 'date-held', holder: { jobId: holding.id, settlementDate: date } },
    ]);
    const oneOfMany = await stack.colleague.send(jobs, { kind: 'range', from: date, to: date });
    expect(oneOfMany.status).toBe(409);
    const found = await stack.colleague.submit({ kind: 'ingest-month', month: '2025-06', from: date, to: date });
    stack.services.ingestion.resume();
    for (const job of [holding, found]) expect(await stack.gateway.ended(job)).toMatchObject({ state: 'completed' });
    expect(await stack.gateway.get(jobs)).toMatchObject({ items: [{ id: found.id }, { id: holding.id }] });
  });
});

function instantOf(text: string | null | undefined): number {
  return Date.parse(text ?? '');
}
