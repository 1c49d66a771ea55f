import { Database, measureOutbox } from '@app/database';
import { MessagingModule, NatsHealth } from '@app/messaging';
import { HEALTH_CHECKS, type HealthCheck } from '@app/runtime';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AggregateDaysService } from './aggregate-days.service.js';
import { AggregateWindGenerationService } from './aggregate-wind-generation.service.js';
import { AggregatorController } from './aggregator.controller.js';
import { config } from './config.js';

@Module({
  imports: [
    MessagingModule.forRoot({
      service: 'aggregator',
      natsUrl: config.NATS_URL,
      outbox: { schema: 'summary', databaseUrl: config.AGGREGATOR_DATABASE_URL },
    }),
  ],
  controllers: [AggregatorController],
  providers: [
    AggregateDaysService,
    AggregateWindGenerationService,
    {
      provide: Database,
      useFactory: () =>
        new Database({
          url: config.AGGREGATOR_DATABASE_URL,
          applicationName: 'windfall-aggregator',
          prefersHashJoins: true,
          slowStatementMs: config.SLOW_STATEMENT_MS,
        }),
    },
    {
      provide: HEALTH_CHECKS,
      useFactory: (database: Database, nats: NatsHealth): HealthCheck[] => [
        { name: 'postgres', check: () => database.check() },
        nats,
      ],
      inject: [Database, NatsHealth],
    },
  ],
})
export class AggregatorModule implements OnApplicationShutdown {
  constructor(@Inject(Database) private readonly database: Database) {
    measureOutbox(database, 'summary');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
