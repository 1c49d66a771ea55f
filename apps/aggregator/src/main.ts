import { telemetry } from '@app/runtime/tracing';
import { JetStreamStrategy } from '@app/messaging';
import { startService } from '@app/runtime';
import { config } from './config.js';
import { AggregatorModule } from './aggregator.module.js';

await startService({
  name: 'aggregator',
  module: AggregatorModule,
  port: config.HEALTH_PORT,
  telemetry,
  microservices: (app) => [{ strategy: app.get(JetStreamStrategy) }],
});
