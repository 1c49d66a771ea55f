import { aggregationRequestedV1, calculationCompletedV1, type EventOf } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { AggregateDaysService } from './aggregate-days.service.js';

/** Which event sets off what. */
@Controller()
export class AggregatorController {
  constructor(@Inject(AggregateDaysService) private readonly service: AggregateDaysService) {}

  @OnEvent(calculationCompletedV1)
  async onCalculated(events: EventOf<typeof calculationCompletedV1>[]): Promise<void> {
    const causes = new Map(events.map((event) => [event.data.settlementDate, event]));
    await this.service.aggregateDays(causes, { everyDay: false });
  }

  @OnEvent(aggregationRequestedV1)
  async onRequested(events: EventOf<typeof aggregationRequestedV1>[]): Promise<void> {
    const causes = new Map(events.flatMap((event) => event.data.settlementDates.map((date) => [date, event])));
    await this.service.aggregateDays(causes, { everyDay: true });
  }
}
