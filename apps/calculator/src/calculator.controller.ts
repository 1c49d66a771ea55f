import { calculationRequestedV1, curtailmentIngestedV1, difficultyUpdatedV1, type EventOf } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { CalculateDaysService, type CausesByDate } from './calculate-days.service.js';
import { FollowDifficultyService } from './follow-difficulty.service.js';

/** Which event sets off what. */
@Controller()
export class CalculatorController {
  constructor(
    @Inject(CalculateDaysService) private readonly service: CalculateDaysService,
    @Inject(FollowDifficultyService) private readonly followDifficulty: FollowDifficultyService,
  ) {}

  @OnEvent(curtailmentIngestedV1)
  async onIngested(events: EventOf<typeof curtailmentIngestedV1>[]): Promise<void> {
    const causes = new Map(events.map((event) => [event.data.settlementDate, event]));
    await this.service.calculateDays(causes, { everyDay: false });
  }

  @OnEvent(calculationRequestedV1)
  async onRequested(events: EventOf<typeof calculationRequestedV1>[]): Promise<void> {
    const whole = events.filter(({ data }) => (data.only ?? null) === null);
    if (whole.length > 0) await this.service.calculateDays(causesOf(whole), { everyDay: true });
    for (const event of events) {
      if (whole.includes(event)) continue;
      // A day that lags behind is calculated whole: some of its rows would not make it up to date.
      await this.service.calculateDays(causesOf([event]), { everyDay: false });
      await this.service.calculateDays(causesOf([event]), { everyDay: true, only: event.data.only });
    }
  }

  @OnEvent(difficultyUpdatedV1)
  async onDifficultyUpdated(events: EventOf<typeof difficultyUpdatedV1>[]): Promise<void> {
    await this.followDifficulty.calculateTouched(events[0]);
  }
}

function causesOf(events: readonly EventOf<typeof calculationRequestedV1>[]): CausesByDate {
  return new Map(events.flatMap((event) => event.data.settlementDates.map((date) => [date, event])));
}
