import { type CloudEvent } from '@app/contracts';
import { Database, findWaitingDays } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { dayBoundsAt, isRevalued, miningEpochsOf } from '@app/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CalculateDaysService } from './calculate-days.service.js';

const LOOK_EVERY_MS = 10_000;
const DAYS_AT_ONCE = 31;

/**
 * Calculates again what a new retarget touches. It looks by itself too, since a retarget may be put into the table by others,
 * or its event be lost; with nothing blocked and nothing provisional that costs one statement.
 */
@Injectable()
export class FollowDifficultyService {
  private readonly logger = new Logger(FollowDifficultyService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
    @Inject(CalculateDaysService) private readonly service: CalculateDaysService,
  ) {}

  @Interval(LOOK_EVERY_MS)
  async look(): Promise<void> {
    try {
      await this.calculateTouched(undefined);
    } catch (error) {
      this.logger.warn({ msg: 'Could not look for days that a new difficulty touches; trying again', err: error });
    }
  }

  /** @param cause the event that told of a retarget, if one did */
  async calculateTouched(cause: CloudEvent | undefined): Promise<void> {
    const waiting = await findWaitingDays(this.database);
    const [first, last] = [waiting[0], waiting.at(-1)];
    if (first === undefined || last === undefined) return;
    const span = { fromAt: dayBoundsAt(first.settlementDate).startAt, toAt: dayBoundsAt(last.settlementDate).endAt };
    const retargets = await this.difficulty.readRetargets(span);
    const touched = waiting
      .filter(({ settlementDate, valued }) => isRevalued(valued, miningEpochsOf(settlementDate, retargets)))
      .map((day) => day.settlementDate);
    for (let start = 0; start < touched.length; start += DAYS_AT_ONCE) {
      const dates = touched.slice(start, start + DAYS_AT_ONCE);
      await this.service.calculateDays(new Map(dates.map((date) => [date, cause])), { everyDay: true });
    }
    if (touched.length > 0) this.logger.log({ msg: 'a difficulty became known', days: touched.length });
  }
}
