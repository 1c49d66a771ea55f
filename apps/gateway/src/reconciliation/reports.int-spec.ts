import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, insertJob, insertVerificationReport, type NewVerificationReport } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { startGateway } from '../../test/start-gateway.js';
import { type VerificationReport, verificationReport } from './report.dto.js';

const route = '/api/reconciliation/reports';
const date = '2025-05-26';
const figures = { records: 2, curtailedMwh: 12.5, paymentGbp: 802.5 };
const differing = [
  { settlementPeriod: 1, outcome: 'same', stored: figures, source: figures, detail: null },
  {
    settlementPeriod: 12,
    outcome: 'differs',
    stored: figures,
    source: { records: 3, curtailedMwh: 14.25, paymentGbp: 914.85 },
    detail: '1 row missing: T_VKNGW-1.',
  },
];
const same = [{ settlementPeriod: 1, outcome: 'same', stored: figures, source: figures, detail: null }];

describe('verification reports', () => {
  let gateway: NestFastifyApplication;
  let owner: Database;

  beforeAll(async () => {
    const { env, ownerUrl } = await createTestDatabase();
    owner = new Database({ url: ownerUrl, applicationName: 'spec' });
    gateway = await startGateway(env);
  });
  beforeEach(async () => {
    await owner.query('truncate reconciliation.jobs cascade');
  });
  afterAll(async () => {
    await gateway.close();
    await owner.close();
  });

  async function storeJob(kind: string, settlementDate = date): Promise<string> {
    const id = randomUUID();
    await insertJob(owner, {
      id,
      kind,
      arguments: { date: settlementDate },
      batchSize: 5,
      requestedBy: 'repair',
      automatic: false,
      reason: null,
      result: null,
      traceparent: null,
      items: [{ settlementDate, steps: [], exclusive: false }],
    });
    return id;
  }

  async function store(jobId: string, changes: Partial<NewVerificationReport> = {}): Promise<string> {
    const id = randomUUID();
    const report: NewVerificationReport = {
      id,
      jobId,
      settlementDate: date,
      sampling: 'progressive',
      purpose: 'report',
      outcome: 'differs',
      confidence: '1 of 48 periods agree and 1 differ.',
      periods: differing,
      createdAt: '2025-06-01T08:00:04.000Z',
      ...changes,
    };
    await insertVerificationReport(owner, report);
    return id;
  }

  async function one(id: string): Promise<VerificationReport> {
    const response = await gateway.inject({ url: `${route}/${id}` });
    expect(response.statusCode).toBe(200);
    return verificationReport.strict().parse(response.json());
  }

  it('are what was found, each period with what is stored and what the source says', async () => {
    const jobId = await storeJob('verify');
    const id = await store(jobId);
    expect(await one(id)).toEqual({
      id,
      jobId,
      settlementDate: date,
      sampling: 'progressive',
      outcome: 'differs',
      differs: true,
      confidence: '1 of 48 periods agree and 1 differ.',
      periods: differing,
      before: null,
      after: null,
      repair: 'windfall fix 2025-05-26',
      createdAt: '2025-06-01T08:00:04.000Z',
    });
    const [job] = (await owner.query('select report_id from reconciliation.jobs where id = $1', [jobId])) as object[];
    expect(job).toEqual({ report_id: id });
  });

  it.each(['same', 'unknown'] as const)('name no repair when the outcome is %s', async (outcome) => {
    const id = await store(await storeJob('verify'), { outcome, periods: same });
    expect(await one(id)).toMatchObject({ outcome, differs: false, repair: null });
  });

  it('are stored once, however often they are told of, and never changed', async () => {
    const jobId = await storeJob('verify');
    const id = await store(jobId);
    await store(jobId, { id, outcome: 'same', periods: [] });
    expect(await one(id)).toMatchObject({ outcome: 'differs', periods: differing });
  });

  it('say of a repair what there was before and after', async () => {
    const jobId = await storeJob('fix');
    const before = { revision: 7, records: 2, curtailedMwh: 12.5, calculations: 6 };
    const after = { revision: 9, records: 3, curtailedMwh: 14.25, calculations: 9 };
    const found = await store(jobId, { purpose: 'repair' });
    expect(await one(found)).toMatchObject({ differs: true, before: null, after: null });
    await owner.query('update reconciliation.job_items set before = $2, after = $3 where job_id = $1', [
      jobId,
      JSON.stringify(before),
      JSON.stringify(after),
    ]);
    const proof = {
      purpose: 'proof',
      sampling: 'full',
      outcome: 'same',
      confidence: 'All agree.',
      periods: same,
    } as const;
    const id = await store(jobId, { ...proof, createdAt: '2025-06-01T08:00:09.000Z' });
    expect(await one(id)).toMatchObject({
      outcome: 'same',
      differs: false,
      sampling: 'full',
      periods: same,
      before: { ...before, outcome: 'differs', confidence: '1 of 48 periods agree and 1 differ.', periods: differing },
      after: { ...after, outcome: 'same', confidence: 'All agree.', periods: same },
    });
  });

  it('say of a repair that did not look first only what was stored before', async () => {
    const jobId = await storeJob('force-fix');
    const id = await store(jobId, { purpose: 'proof', outcome: 'same', periods: same });
    expect(await one(id)).toMatchObject({
      before: { revision: null, records: null, outcome: null, confidence: null, periods: [] },
      after: { revision: null, outcome: 'same', periods: same },
    });
  });

  it('are listed newest first, page by page, by date', async () => {
    const stored: string[] = [];
    for (let day = 10; day < 15; day += 1) {
      const settlementDate = `2025-05-${day}`;
      const createdAt = `2025-06-01T08:00:${day}.000Z`;
      stored.push(await store(await storeJob('verify', settlementDate), { settlementDate, createdAt }));
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const url: string = `${route}?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: VerificationReport[]; nextCursor: string | null } = (await gateway.inject({ url })).json();
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map((item) => verificationReport.strict().parse(item).id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([...stored].reverse());
    const some = await gateway.inject({ url: `${route}?from=2025-05-11&to=2025-05-12` });
    expect(some.json<{ items: VerificationReport[] }>().items.map(({ id }) => id)).toEqual([stored[2], stored[1]]);
  });
});
