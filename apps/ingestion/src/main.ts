import { telemetry } from '@app/runtime/tracing';
import { JetStreamStrategy } from '@app/messaging';
import { startService } from '@app/runtime';
import { config } from './config.js';
import { IngestionModule } from './ingestion.module.js';

await startService({
  name: 'ingestion',
  module: IngestionModule,
  port: config.HEALTH_PORT,
  telemetry,
  microservices: (app) => [{ strategy: app.get(JetStreamStrategy) }],
});
