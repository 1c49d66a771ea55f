import { Database, findGrantedRequests, measure, measureOutbox } from '@app/database';
import { InsightsClient } from '@app/elexon';
import { MessagingModule, NatsHealth } from '@app/messaging';
import { HEALTH_CHECKS, type HealthCheck } from '@app/runtime';
import { Inject, Logger, Module, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { CompareRegisterService } from './compare-register.service.js';
import { config } from './config.js';
import { PeriodFetcher } from './period-fetcher.service.js';
import { IngestDayService } from './ingest-day.service.js';
import { IngestWindGenerationService } from './ingest-wind-generation.service.js';
import { IngestionController } from './ingestion.controller.js';
import { PERIOD_READER, PeriodReadingThreads } from './period-reader.js';
import { SharedRequestBudget } from './shared-request-budget.js';
import { VerifyDayService } from './verify-day.service.js';
import { WindRegisterService } from './wind-register.service.js';

@Module({
  imports: [
    ScheduleModule.forRoot(),
    MessagingModule.forRoot({
      service: 'ingestion',
      natsUrl: config.NATS_URL,
      outbox: { schema: 'ingestion', databaseUrl: config.INGESTION_DATABASE_URL },
    }),
  ],
  controllers: [IngestionController],
  providers: [
    CompareRegisterService,
    IngestDayService,
    IngestWindGenerationService,
    VerifyDayService,
    PeriodFetcher,
    WindRegisterService,
    {
      provide: Database,
      useFactory: () =>
        new Database({
          url: config.INGESTION_DATABASE_URL,
          applicationName: 'windfall-ingestion',
          slowStatementMs: config.SLOW_STATEMENT_MS,
        }),
    },
    {
      provide: InsightsClient,
      useFactory: (database: Database) =>
        new InsightsClient(
          {
            baseUrl: config.ELEXON_BASE_URL,
            maxConcurrency: config.ELEXON_MAX_CONCURRENCY,
            budget: new SharedRequestBudget(database, config.ELEXON_REQUESTS_PER_MINUTE),
          },
          (endpoint, field) =>
            new Logger(InsightsClient.name).warn({ msg: 'Elexon sends an unknown field', endpoint, field }),
        ),
      inject: [Database],
    },
    { provide: PERIOD_READER, useClass: PeriodReadingThreads },
    {
      provide: HEALTH_CHECKS,
      // Elexon is not among them: while it is away, ingestion records that, and nothing else depends on it.
      useFactory: (database: Database, nats: NatsHealth): HealthCheck[] => [
        { name: 'postgres', check: () => database.check() },
        nats,
      ],
      inject: [Database, NatsHealth],
    },
  ],
})
export class IngestionModule implements OnModuleDestroy, OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InsightsClient) private readonly elexon: InsightsClient,
    @Inject(PERIOD_READER) private readonly reader: PeriodReadingThreads,
  ) {
    measureOutbox(database, 'ingestion');
    measure('windfall_request_budget', 'Requests to Elexon in this minute, granted and allowed', async () => [
      [await findGrantedRequests(database), { kind: 'granted' }],
      [config.ELEXON_REQUESTS_PER_MINUTE, { kind: 'allowed' }],
    ]);
  }

  /** Fetches may wait for minutes; what they were part of is asked for again by its event. */
  async onModuleDestroy(): Promise<void> {
    await this.elexon.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.database.close(), this.reader.close()]);
  }
}
