import {
  type EventOf,
  ingestionRequestedV1,
  registerComparisonRequestedV1,
  verificationRequestedV1,
  windGenerationRequestedV1,
} from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Controller, Inject } from '@nestjs/common';
import { CompareRegisterService } from './compare-register.service.js';
import { IngestDayService } from './ingest-day.service.js';
import { IngestWindGenerationService } from './ingest-wind-generation.service.js';
import { VerifyDayService } from './verify-day.service.js';

/** Which event sets off what. */
@Controller()
export class IngestionController {
  constructor(
    @Inject(IngestDayService) private readonly days: IngestDayService,
    @Inject(IngestWindGenerationService) private readonly windGeneration: IngestWindGenerationService,
    @Inject(VerifyDayService) private readonly verification: VerifyDayService,
    @Inject(CompareRegisterService) private readonly register: CompareRegisterService,
  ) {}

  /** One day at a time, some side by side: while one waits for the source, another is stored. */
  @OnEvent(ingestionRequestedV1, { maxBatch: 1, concurrency: 4 })
  async onRequested(events: EventOf<typeof ingestionRequestedV1>[]): Promise<void> {
    for (const event of events) await this.days.ingestDay(event);
  }

  /** One request at a time: wind generation has no claim to the source that curtailment would have to wait for. */
  @OnEvent(windGenerationRequestedV1, { maxBatch: 1 })
  async onWindGenerationRequested(events: EventOf<typeof windGenerationRequestedV1>[]): Promise<void> {
    for (const event of events) await this.windGeneration.ingestDays(event);
  }

  @OnEvent(verificationRequestedV1, { maxBatch: 1, concurrency: 2 })
  async onVerificationRequested(events: EventOf<typeof verificationRequestedV1>[]): Promise<void> {
    for (const event of events) await this.verification.verifyDay(event);
  }

  @OnEvent(registerComparisonRequestedV1, { maxBatch: 1 })
  async onRegisterComparisonRequested(events: EventOf<typeof registerComparisonRequestedV1>[]): Promise<void> {
    for (const event of events) await this.register.compare(event);
  }
}
