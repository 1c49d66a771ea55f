import { Database, measureOutbox } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { MessagingModule, NatsHealth } from '@app/messaging';
import { HEALTH_CHECKS, type HealthCheck } from '@app/runtime';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { CalculateDaysService } from './calculate-days.service.js';
import { CalculatorController } from './calculator.controller.js';
import { config } from './config.js';
import { FollowDifficultyService } from './follow-difficulty.service.js';

@Module({
  imports: [
    ScheduleModule.forRoot(),
    MessagingModule.forRoot({
      service: 'calculator',
      natsUrl: config.NATS_URL,
      outbox: { schema: 'calculation', databaseUrl: config.CALCULATOR_DATABASE_URL },
    }),
  ],
  controllers: [CalculatorController],
  providers: [
    CalculateDaysService,
    FollowDifficultyService,
    {
      provide: Database,
      useFactory: () =>
        new Database({
          url: config.CALCULATOR_DATABASE_URL,
          applicationName: 'windfall-calculator',
          prefersHashJoins: true,
          slowStatementMs: config.SLOW_STATEMENT_MS,
        }),
    },
    {
      provide: DifficultyTable,
      useFactory: () =>
        new DifficultyTable({
          endpoint: config.DYNAMODB_ENDPOINT,
          region: config.AWS_REGION,
          table: config.DYNAMODB_DIFFICULTY_TABLE,
        }),
    },
    {
      provide: HEALTH_CHECKS,
      useFactory: (database: Database, difficulty: DifficultyTable, nats: NatsHealth): HealthCheck[] => [
        { name: 'postgres', check: () => database.check() },
        { name: 'dynamodb', check: () => difficulty.check() },
        nats,
      ],
      inject: [Database, DifficultyTable, NatsHealth],
    },
  ],
})
export class CalculatorModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
  ) {
    measureOutbox(database, 'calculation');
  }

  async onApplicationShutdown(): Promise<void> {
    this.difficulty.close();
    await this.database.close();
  }
}
