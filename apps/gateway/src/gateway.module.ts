import { Database } from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import { Bus } from '@app/messaging';
import { HEALTH_CHECKS, type HealthCheck, loadConfig } from '@app/runtime';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { AuditController } from './audit/audit.controller.js';
import { AuditVerification } from './audit/audit-verification.service.js';
import { OperatorGuard } from './auth/operator.guard.js';
import { WriteBudgetInterceptor } from './auth/write-budget.interceptor.js';
import { DifficultyController } from './bitcoin/difficulty.controller.js';
import { MinerModelsController } from './bitcoin/miner-models.controller.js';
import { MiningPotentialController } from './bitcoin/mining-potential.controller.js';
import { CLOCK, systemClock } from './clock.js';
import { GATEWAY_CONFIG, gatewayConfig, type GatewayConfig } from './config.js';
import { HalfHourlyController } from './curtailment/half-hourly.controller.js';
import { PeriodFiguresService } from './curtailment/period-figures.service.js';
import { RecordsController } from './curtailment/records.controller.js';
import { DiagnosticsController } from './diagnostics/diagnostics.controller.js';
import { DiagnosticsService } from './diagnostics/diagnostics.service.js';
import { FarmsController } from './farms/farms.controller.js';
import { FarmsService } from './farms/farms.service.js';
import { KnownNames } from './figures/known-names.service.js';
import { RouteTable } from './http/route-table.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { ValidationPipe } from './problems/validation.pipe.js';
import { AnalysisController } from './reconciliation/analysis.controller.js';
import { CoverageController } from './reconciliation/coverage.controller.js';
import { DeadLettersController } from './reconciliation/dead-letters.controller.js';
import { JobEventsController } from './reconciliation/job-events.controller.js';
import { JobEventsService } from './reconciliation/job-events.service.js';
import { JobsController } from './reconciliation/jobs.controller.js';
import { NATS_CLIENT, ReconcilerClient } from './reconciliation/reconciler.client.js';
import { DeepCheckService } from './reconciliation/deep-check.service.js';
import { ReportsController } from './reconciliation/reports.controller.js';
import { StatusController } from './reconciliation/status.controller.js';
import { VerificationsController } from './reconciliation/verifications.controller.js';
import { SummariesController } from './summaries/summaries.controller.js';
import { SummariesService } from './summaries/summaries.service.js';
import { WindGenerationController } from './wind-generation/wind-generation.controller.js';

@Module({
  controllers: [
    SummariesController,
    MiningPotentialController,
    HalfHourlyController,
    RecordsController,
    WindGenerationController,
    FarmsController,
    MinerModelsController,
    DifficultyController,
    CoverageController,
    StatusController,
    AnalysisController,
    DiagnosticsController,
    JobsController,
    ReportsController,
    VerificationsController,
    DeadLettersController,
    AuditController,
    JobEventsController,
  ],
  providers: [
    { provide: GATEWAY_CONFIG, useFactory: () => loadConfig(gatewayConfig) },
    { provide: CLOCK, useValue: systemClock },
    {
      provide: Database,
      inject: [GATEWAY_CONFIG],
      useFactory: ({ GATEWAY_DATABASE_URL, SLOW_STATEMENT_MS }: GatewayConfig) =>
        new Database({
          url: GATEWAY_DATABASE_URL,
          applicationName: 'windfall-gateway',
          slowStatementMs: SLOW_STATEMENT_MS,
        }),
    },
    {
      provide: DifficultyTable,
      inject: [GATEWAY_CONFIG],
      useFactory: ({ DYNAMODB_ENDPOINT, AWS_REGION, DYNAMODB_DIFFICULTY_TABLE }: GatewayConfig) =>
        new DifficultyTable({ endpoint: DYNAMODB_ENDPOINT, region: AWS_REGION, table: DYNAMODB_DIFFICULTY_TABLE }),
    },
    {
      provide: NATS_CLIENT,
      inject: [GATEWAY_CONFIG],
      useFactory: ({ NATS_URL }: GatewayConfig) =>
        ClientProxyFactory.create({
          transport: Transport.NATS,
          options: { servers: [NATS_URL], maxReconnectAttempts: -1 },
        }),
    },
    {
      provide: HEALTH_CHECKS,
      inject: [Database],
      // Without NATS nothing can be written, without DynamoDB one route cannot be read: these answer 503, the others go on.
      useFactory: (database: Database): HealthCheck[] => [{ name: 'postgres', check: () => database.check() }],
    },
    RouteTable,
    KnownNames,
    ReconcilerClient,
    AuditVerification,
    JobEventsService,
    SummariesService,
    PeriodFiguresService,
    FarmsService,
    DeepCheckService,
    DiagnosticsService,
    {
      provide: Bus,
      inject: [GATEWAY_CONFIG],
      useFactory: ({ NATS_URL }: GatewayConfig) => new Bus(NATS_URL, 'gateway'),
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: OperatorGuard },
    { provide: APP_INTERCEPTOR, useClass: WriteBudgetInterceptor },
    { provide: APP_PIPE, useClass: ValidationPipe },
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly difficulty: DifficultyTable,
    @Inject(NATS_CLIENT) private readonly nats: ClientProxy,
    private readonly bus: Bus,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.nats.close();
    await this.bus.close();
    this.difficulty.close();
    await this.database.close();
  }
}
