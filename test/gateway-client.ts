import {
  type Job,
  type JobItem,
  type JobItemFigures,
  type JobPlan,
  type JobRequest,
  type RetargetAddition,
  type Sampling,
} from '@app/contracts';
import { type Missing } from '@app/domain';
import { eventually } from '@app/testing';
import { type ServedFigures } from './curtailed-rows.js';

export interface ServedSummary extends ServedFigures {
  state: string;
  missing: (Missing & { from?: string; to?: string })[];
  revision: number | null;
}

export interface ServedDay extends ServedSummary {
  settlementDate: string;
  periodsExpected: number;
  periodsLoaded: number;
  records: number | null;
  combinations: number | null;
}

export interface ServedRollUp extends ServedSummary {
  daysExpected: number;
  daysComplete: number;
}

interface PeriodFigures {
  records: number;
  curtailedMwh: number;
  paymentGbp: number;
}

export interface ServedComparison {
  settlementPeriod: number;
  outcome: 'same' | 'differs' | 'failed';
  stored: PeriodFigures | null;
  source: PeriodFigures | null;
  detail: string | null;
}

export interface ServedFinding {
  outcome: 'same' | 'differs' | 'unknown';
  confidence: string;
  periods: ServedComparison[];
}

export interface ServedReport extends ServedFinding {
  id: string;
  settlementDate: string;
  sampling: Sampling;
  differs: boolean;
  before: (JobItemFigures & Partial<ServedFinding>) | null;
  after: (JobItemFigures & Partial<ServedFinding>) | null;
  repair: string | null;
}

/** Some farms of a summary. */
export type Filter = { farmId: string } | { leadParty: string };

/** An operator at the gateway. */
export class GatewayClient {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  /** Submits a job; the gateway refusing it is an error. */
  async submit(request: JobRequest, idempotencyKey?: string): Promise<Job> {
    return await this.post('/api/reconciliation/jobs', request, {
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    });
  }

  /** What a job would do. */
  async plan(request: JobRequest): Promise<JobPlan> {
    return await this.post('/api/reconciliation/jobs?plan=true', request);
  }

  /** Tells of a change of the network difficulty. */
  async addRetarget(retarget: RetargetAddition): Promise<void> {
    await this.post('/api/difficulty', retarget);
  }

  /** Resolves to the job once it has ended, however. */
  async ended({ id }: Job, withinMs = 60_000): Promise<Job> {
    return await eventually(async () => {
      const job = await this.get<Job>(`/api/reconciliation/jobs/${id}`);
      if (job.endedAt === null) throw new Error(`Job ${id} is still ${job.state}: ${JSON.stringify(job.totals)}`);
      return job;
    }, withinMs);
  }

  /** Submits a job and waits for its end. */
  async run(request: JobRequest, withinMs?: number): Promise<Job> {
    return await this.ended(await this.submit(request), withinMs);
  }

  /** Asks for a comparison with the source and waits for its report. */
  async verify(request: { date: string; sampling?: Sampling }, withinMs?: number): Promise<ServedReport> {
    const job = await this.ended(await this.post<Job>('/api/reconciliation/verifications', request), withinMs);
    return await this.report(job);
  }

  /** What the job has found. */
  report({ id, reportId }: Job): Promise<ServedReport> {
    if (reportId === null) throw new Error(`Job ${id} has no report`);
    return this.get(`/api/reconciliation/reports/${reportId}`);
  }

  async items({ id }: Job): Promise<JobItem[]> {
    return (await this.get<{ items: JobItem[] }>(`/api/reconciliation/jobs/${id}/items`)).items;
  }

  daily(settlementDate: string, filter?: Filter): Promise<ServedDay> {
    return this.get(`/api/summary/daily/${settlementDate}${queryOf(filter)}`);
  }

  monthly(month: string, filter?: Filter): Promise<ServedRollUp> {
    return this.get(`/api/summary/monthly/${month}${queryOf(filter)}`);
  }

  yearly(year: string, filter?: Filter): Promise<ServedRollUp> {
    return this.get(`/api/summary/yearly/${year}${queryOf(filter)}`);
  }

  async get<Answer>(path: string): Promise<Answer> {
    return (await (await this.read(path)).json()) as Answer;
  }

  /** What is no JSON, such as server-sent events, to their end. */
  async text(path: string): Promise<string> {
    return await (await this.read(path)).text();
  }

  async etag(path: string): Promise<string | null> {
    const response = await this.read(path);
    await response.arrayBuffer();
    return response.headers.get('etag');
  }

  /** Writes as the operator, and gets whatever answer there is. */
  async send(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}`, ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Writes as the operator; the gateway refusing it is an error. */
  async post<Answer>(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await this.send(path, body, headers);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private async read(path: string): Promise<Response> {
    const response = await fetch(this.url + path);
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
    return response;
  }
}

function queryOf(filter: Filter | undefined): string {
  return filter === undefined ? '' : `?${new URLSearchParams(filter).toString()}`;
}
