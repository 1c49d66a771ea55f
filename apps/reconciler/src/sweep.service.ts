import { aggregationRequestedV1, calculationRequestedV1, DATES_PER_REQUEST } from '@app/contracts';
import { Database, findStaleDays } from '@app/database';
import { addToOutbox, newEvent, type NewEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { JobRunner } from './job-runner.service.js';

const SWEEP_MS = 5_000;
/** What changed more recently than this is still on its way by its own event. */
const GRACE_SECONDS = 10;
const ASK_AGAIN_MS = 30_000;

/**
 * Compares revisions and asks again for what lags behind, and has jobs begin what they have room for: with it, no lost message
 * and no lost process costs more than time.
 */
@Injectable()
export class SweepService {
  private readonly logger = new Logger(SweepService.name);
  /** When each stale day was last asked for. Forgetting it in a crash costs a request that finds nothing to do. */
  private readonly askedAt = new Map<string, number>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JobRunner) private readonly runner: JobRunner,
  ) {}

  @Interval(SWEEP_MS)
  async sweep(): Promise<void> {
    this.runner.lookForRoom();
    try {
      await this.askForStaleDays();
    } catch (error) {
      this.logger.error({ msg: 'The sweep failed; trying again', err: error });
    }
  }

  private async askForStaleDays(): Promise<void> {
    const now = Date.now();
    const stale = await findStaleDays(this.database, GRACE_SECONDS);
    const keys = new Set(stale.map(({ settlementDate, lags }) => `${lags}:${settlementDate}`));
    for (const key of this.askedAt.keys()) if (!keys.has(key)) this.askedAt.delete(key);
    for (const lags of ['calculation', 'summary'] as const) {
      const dates = stale
        .filter(
          (day) => day.lags === lags && now - (this.askedAt.get(`${lags}:${day.settlementDate}`) ?? 0) >= ASK_AGAIN_MS,
        )
        .map((day) => day.settlementDate);
      if (dates.length === 0) continue;
      await this.ask(lags, dates);
      for (const date of dates) this.askedAt.set(`${lags}:${date}`, now);
    }
  }

  private async ask(lags: 'calculation' | 'summary', dates: readonly string[]): Promise<void> {
    const contract = lags === 'calculation' ? calculationRequestedV1 : aggregationRequestedV1;
    const events: NewEvent[] = [];
    for (let first = 0; first < dates.length; first += DATES_PER_REQUEST) {
      const settlementDates = dates.slice(first, first + DATES_PER_REQUEST);
      events.push(newEvent(contract, { settlementDates, jobId: null }, { source: 'reconciler' }));
    }
    await this.database.transaction((transaction) => addToOutbox(transaction, 'reconciliation', events));
    this.logger.warn({ msg: `${lags} lags behind; asked again`, days: dates.length, newest: dates[0] });
  }
}
