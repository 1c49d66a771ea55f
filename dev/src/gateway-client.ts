import { setTimeout as sleep } from 'node:timers/promises';
import type { DailySummary } from './daily-summary.js';

const ended = new Set(['completed', 'failed', 'cancelled']);
/** Of one day: what takes longer is stuck. */
const patienceMs = 5 * 60_000;

/** The few calls of the gateway that the demo makes. */
export class GatewayClient {
  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
  ) {}

  /** Has a day fetched and everything derived from it; returns when that is through, however it went. */
  async ingest(date: string): Promise<void> {
    const id = await this.submit(date);
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { state } = await this.get<{ state: string }>(`/api/reconciliation/jobs/${id}`);
      if (ended.has(state)) return;
      if (performance.now() > deadline) throw new Error(`job ${id} for ${date} is still ${state}`);
      await sleep(100);
    }
  }

  summary(date: string): Promise<DailySummary> {
    return this.get<DailySummary>(`/api/summary/daily/${date}`);
  }

  /** @returns the job's id; that of the job which holds the date where one does, from a launcher that was killed */
  private async submit(date: string): Promise<string> {
    const { status, body } = await this.request('/api/reconciliation/jobs', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.key}` },
      body: JSON.stringify({ kind: 'ingest', date }),
    });
    const { id, holder } = JSON.parse(body) as { id?: string; holder?: { jobId: string } };
    const job = status === 202 ? id : holder?.jobId;
    if (job !== undefined) return job;
    throw new Error(`the job for ${date} was answered ${status}: ${body}`);
  }

  private async get<T>(path: string): Promise<T> {
    const { status, body } = await this.request(path);
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`);
    return JSON.parse(body) as T;
  }

  private async request(path: string, init: RequestInit = {}): Promise<{ status: number; body: string }> {
    const response = await fetch(this.gatewayUrl + path, { ...init, signal: AbortSignal.timeout(30_000) });
    return { status: response.status, body: await response.text() };
  }
}
