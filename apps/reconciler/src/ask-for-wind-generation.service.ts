import { DATES_PER_REQUEST, windGenerationRequestedV1 } from '@app/contracts';
import { Database, findDaysWithoutWindGeneration } from '@app/database';
import { addToOutbox, newEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { config } from './config.js';

const LOOK_MS = 15_000;
const HOUR_SECONDS = 3_600;
/** What was asked for has been fetched by then, or its request was lost. */
const ASK_AGAIN_MS = 10 * 60_000;

/**
 * Asks for the wind generation of days whose curtailment is known, so that new days get theirs by themselves; and of days that
 * cannot be summed since somebody altered their half hours.
 */
@Injectable()
export class AskForWindGenerationService {
  private readonly logger = new Logger(AskForWindGenerationService.name);
  /** When each day was last asked for. Forgetting it in a crash costs a request that changes nothing. */
  private readonly askedAt = new Map<string, number>();

  constructor(@Inject(Database) private readonly database: Database) {}

  @Interval(LOOK_MS)
  async lookForNewDays(): Promise<void> {
    if (config.SCHEDULES === 'off') return;
    try {
      await this.askForNewDays();
    } catch (error) {
      this.logger.error({ msg: 'Nobody could look for days without wind generation; trying again', err: error });
    }
  }

  /**
   * At most one request, the newest days first; a fetch that failed is asked for again after an hour. A history without wind
   * generation is filled by one of them at each look, and the source hardly notices.
   */
  async askForNewDays(): Promise<void> {
    const now = Date.now();
    for (const [date, askedAt] of this.askedAt) if (now - askedAt >= ASK_AGAIN_MS) this.askedAt.delete(date);
    const lacking = await findDaysWithoutWindGeneration(this.database, {
      retryAfterSeconds: HOUR_SECONDS,
      limit: DATES_PER_REQUEST + this.askedAt.size,
    });
    await this.ask(lacking.filter((date) => !this.askedAt.has(date)).slice(0, DATES_PER_REQUEST));
  }

  /** @param settlementDates as many as one request takes */
  async ask(settlementDates: readonly string[]): Promise<void> {
    if (settlementDates.length === 0) return;
    const data = { settlementDates: [...settlementDates], jobId: null };
    const request = newEvent(windGenerationRequestedV1, data, { source: 'reconciler' });
    await this.database.transaction((transaction) => addToOutbox(transaction, 'reconciliation', [request]));
    for (const date of settlementDates) this.askedAt.set(date, Date.now());
    this.logger.log({ msg: 'wind generation requested', days: settlementDates.length, newest: settlementDates[0] });
  }
}
