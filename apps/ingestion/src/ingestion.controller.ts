import { type EventOf, ingestionRequestedV1 } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { IngestDayService } from './ingest-day.service.js';

/** Which event sets off what. */
@Controller()
export class IngestionController {
  constructor(@Inject(IngestDayService) private readonly service: IngestDayService) {}

  /** One day at a time, some side by side: while one waits for the source, another is stored. */
  @OnEvent(ingestionRequestedV1, { maxBatch: 1, concurrency: 4 })
  async onRequested(events: EventOf<typeof ingestionRequestedV1>[]): Promise<void> {
    for (const event of events) await this.service.ingestDay(event);
  }
}
