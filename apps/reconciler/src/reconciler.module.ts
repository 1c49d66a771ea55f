import { countDays, Database, measure, measureOutbox } from '@app/database';
import { DifficultyTable, RetargetSource } from '@app/difficulty';
import { MessagingModule, NatsHealth } from '@app/messaging';
import { HEALTH_CHECKS, type HealthCheck } from '@app/runtime';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AlertsService } from './alerts.service.js';
import { AddDifficultyService } from './add-difficulty.service.js';
import { AuditLog } from './audit-log.service.js';
import { AskForWindGenerationService } from './ask-for-wind-generation.service.js';
import { config } from './config.js';
import { FindDatesService } from './find-dates.service.js';
import { DeadLettersService } from './dead-letters.service.js';
import { JobLoop } from './job-loop.service.js';
import { JobRunner } from './job-runner.service.js';
import { OutcomesController } from './outcomes.controller.js';
import { PlanJobService } from './plan-job.service.js';
import { ReconcilerController } from './reconciler.controller.js';
import { RefreshService } from './refresh.service.js';
import { SchedulesService } from './schedules.service.js';
import { SubmitJobService } from './submit-job.service.js';
import { SweepService } from './sweep.service.js';
import { UpdateDifficultyService } from './update-difficulty.service.js';

@Module({
  imports: [
    ScheduleModule.forRoot(),
    MessagingModule.forRoot({
      service: 'reconciler',
      natsUrl: config.NATS_URL,
      outbox: { schema: 'reconciliation', databaseUrl: config.RECONCILER_DATABASE_URL },
    }),
  ],
  controllers: [OutcomesController, ReconcilerController],
  providers: [
    AuditLog,
    AlertsService,
    AddDifficultyService,
    AskForWindGenerationService,
    DeadLettersService,
    FindDatesService,
    PlanJobService,
    SubmitJobService,
    JobRunner,
    JobLoop,
    SweepService,
    RefreshService,
    SchedulesService,
    UpdateDifficultyService,
    {
      provide: Database,
      useFactory: () =>
        new Database({
          url: config.RECONCILER_DATABASE_URL,
          applicationName: 'windfall-reconciler',
          slowStatementMs: config.SLOW_STATEMENT_MS,
          // It keeps the plan of what it asks at each change of a ledger: one made while the ledgers were empty must be good later.
          prefersIndexes: true,
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
      provide: RetargetSource,
      useFactory: () => {
        const { DIFFICULTY_SOURCE_URL: url } = config;
        return url === undefined ? null : new RetargetSource(url);
      },
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
export class ReconcilerModule implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
    @Inject(RetargetSource) private readonly retargetSource: RetargetSource | null,
  ) {
    measureOutbox(database, 'reconciliation');
    measure('windfall_days', 'Dates ever ingested, by state', async () =>
      Object.entries(await countDays(database)).map(([state, days]) => [days, { state }] as const),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    this.difficulty.close();
    await this.retargetSource?.close();
    await this.database.close();
  }
}
