import {
  aggregationRequestedV1,
  calculationCompletedV1,
  DATES_UNDER_WAY,
  type EventOf,
  windGenerationIngestedV1,
} from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { AggregateDaysService } from './aggregate-days.service.js';
import { AggregateWindGenerationService } from './aggregate-wind-generation.service.js';

/** Which event sets off what. */
@Controller()
export class AggregatorController {
  constructor(
    @Inject(AggregateDaysService) private readonly days: AggregateDaysService,
    @Inject(AggregateWindGenerationService) private readonly windGeneration: AggregateWindGenerationService,
  ) {}

  // All that a job has under way at once: a month or year that its dates share is then summed once.
  @OnEvent(calculationCompletedV1, { maxBatch: DATES_UNDER_WAY })
  async onCalculated(events: EventOf<typeof calculationCompletedV1>[]): Promise<void> {
    const causes = new Map(events.map((event) => [event.data.settlementDate, event]));
    await this.days.aggregateDays(causes, { everyDay: false });
  }

  @OnEvent(windGenerationIngestedV1)
  async onWindGeneration(events: EventOf<typeof windGenerationIngestedV1>[]): Promise<void> {
    await this.windGeneration.aggregateDays(new Map(events.map((event) => [event.data.settlementDate, event])));
  }

  @OnEvent(aggregationRequestedV1)
  async onRequested(events: EventOf<typeof aggregationRequestedV1>[]): Promise<void> {
    const causes = new Map(events.flatMap((event) => event.data.settlementDates.map((date) => [date, event])));
    await this.days.aggregateDays(causes, { everyDay: true });
    await this.windGeneration.aggregateDays(causes);
  }
}
