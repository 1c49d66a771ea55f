import { addDays, settlementDateAt } from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AskForWindGenerationService } from './ask-for-wind-generation.service.js';
import { config } from './config.js';
import { SCHEDULE, SubmitJobService } from './submit-job.service.js';

const LONDON = { timeZone: 'Europe/London' };
/** The source changes a day by itself until 00:15Z two days later; the others are looked at again as usual in the trade. */
const DAYS_BACK = [1, 2, 3, 7];

/**
 * Fetches again what the source may have changed, and the wind generation of the same days. The idempotency key names the hour, so that replicas that fire together, or
 * an hour that comes twice, fetch a date once.
 */
@Injectable()
export class RefreshService {
  private readonly logger = new Logger(RefreshService.name);

  constructor(
    @Inject(SubmitJobService) private readonly jobs: SubmitJobService,
    @Inject(AskForWindGenerationService) private readonly windGeneration: AskForWindGenerationService,
  ) {}

  /** Each hour, a little after the last period but one has settled. */
  @Cron('0 25 * * * *', LONDON)
  async refreshToday(): Promise<void> {
    await this.refresh([today()]);
  }

  @Cron('0 30 1 * * *', LONDON)
  async refreshPastDays(): Promise<void> {
    await this.refresh(DAYS_BACK.map((days) => addDays(today(), -days)));
  }

  private async refresh(dates: readonly string[]): Promise<void> {
    if (config.SCHEDULES === 'off') return;
    const hour = new Date().toISOString().slice(0, 13);
    for (const date of dates) {
      try {
        await this.jobs.submit({
          request: { kind: 'ingest', date, onConflict: 'queue', reason: 'scheduled refresh' },
          requestedBy: SCHEDULE,
          idempotencyKey: `refresh ${date} ${hour}`,
        });
      } catch (error) {
        this.logger.error({ msg: `The refresh of ${date} could not be submitted; the next one may`, err: error });
      }
    }
    try {
      await this.windGeneration.ask(dates);
    } catch (error) {
      this.logger.error({ msg: 'Wind generation could not be asked for; the next refresh may', err: error });
    }
  }
}

function today(): string {
  return settlementDateAt(new Date().toISOString());
}
