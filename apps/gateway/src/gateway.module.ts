import { Database } from '@app/database';
import { HEALTH_CHECKS, type HealthCheck, loadConfig } from '@app/runtime';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { type ClientProxy, ClientProxyFactory, Transport } from '@nestjs/microservices';
import { OperatorGuard } from './auth/operator.guard.js';
import { WriteBudgetInterceptor } from './auth/write-budget.interceptor.js';
import { CLOCK, systemClock } from './clock.js';
import { GATEWAY_CONFIG, gatewayConfig, type GatewayConfig } from './config.js';
import { RecordsController } from './curtailment/records.controller.js';
import { KnownNames } from './figures/known-names.service.js';
import { RouteTable } from './http/route-table.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { ValidationPipe } from './problems/validation.pipe.js';
import { CoverageController } from './reconciliation/coverage.controller.js';
import { JobsController } from './reconciliation/jobs.controller.js';
import { NATS_CLIENT, ReconcilerClient } from './reconciliation/reconciler.client.js';
import { StatusController } from './reconciliation/status.controller.js';
import { SummariesController } from './summaries/summaries.controller.js';
import { SummariesService } from './summaries/summaries.service.js';

@Module({
  controllers: [JobsController, StatusController, CoverageController, SummariesController, RecordsController],
  providers: [
    { provide: GATEWAY_CONFIG, useFactory: () => loadConfig(gatewayConfig) },
    { provide: CLOCK, useValue: systemClock },
    {
      provide: Database,
      inject: [GATEWAY_CONFIG],
      useFactory: ({ GATEWAY_DATABASE_URL }: GatewayConfig) =>
        new Database({ url: GATEWAY_DATABASE_URL, applicationName: 'windfall-gateway' }),
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
      // Without NATS only writing is impossible, and that answers 503 by itself.
      useFactory: (database: Database): HealthCheck[] => [{ name: 'postgres', check: () => database.check() }],
    },
    RouteTable,
    KnownNames,
    ReconcilerClient,
    SummariesService,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: OperatorGuard },
    { provide: APP_INTERCEPTOR, useClass: WriteBudgetInterceptor },
    { provide: APP_PIPE, useClass: ValidationPipe },
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    @Inject(NATS_CLIENT) private readonly nats: ClientProxy,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.nats.close();
    await this.database.close();
  }
}
