import { setTimeout as sleep } from 'node:timers/promises';
import { type Executor, grantRequests } from '@app/database';
import { type RequestBudget } from '@app/elexon';

/** One statement allows so many requests, those of two days, and a replica that stops wastes no more. */
const REQUESTS_PER_GRANT = 100;

/** The budget of all replicas together, kept in the database and granted in batches. */
export class SharedRequestBudget implements RequestBudget {
  private left = 0;
  private overAtMs = 0;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly database: Executor,
    private readonly perMinute: number,
  ) {}

  async take(): Promise<void> {
    while (this.left === 0 || performance.now() >= this.overAtMs) {
      this.asking ??= this.ask().finally(() => (this.asking = undefined));
      await this.asking;
    }
    this.left -= 1;
  }

  /** Gets a batch, or waits for the next minute. */
  private async ask(): Promise<void> {
    const requests = Math.max(1, Math.min(REQUESTS_PER_GRANT, Math.floor(this.perMinute / 10)));
    // By the time before it was asked: an answer that takes its time must not carry a grant over into the next minute.
    const askedAtMs = performance.now();
    const { granted, msLeft } = await grantRequests(this.database, requests, this.perMinute);
    if (!granted) {
      await sleep(msLeft);
      return;
    }
    this.left = requests;
    this.overAtMs = askedAtMs + msLeft;
  }
}
