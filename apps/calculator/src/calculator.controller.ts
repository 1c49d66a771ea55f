import { calculationRequestedV1, curtailmentIngestedV1, difficultyUpdatedV1, type EventOf } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { CalculateDaysService } from './calculate-days.service.js';
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
    const causes = new Map(events.flatMap((event) => event.data.settlementDates.map((date) => [date, event])));
    await this.service.calculateDays(causes, { everyDay: true });
  }

  @OnEvent(difficultyUpdatedV1)
  async onDifficultyUpdated(events: EventOf<typeof difficultyUpdatedV1>[]): Promise<void> {
    await this.followDifficulty.calculateTouched(events[0]);
  }
}
