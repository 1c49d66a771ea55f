import { telemetry } from '@app/runtime/tracing';
import { JetStreamStrategy } from '@app/messaging';
import { startService } from '@app/runtime';
import { config } from './config.js';
import { CalculatorModule } from './calculator.module.js';

await startService({
  name: 'calculator',
  module: CalculatorModule,
  port: config.HEALTH_PORT,
  telemetry,
  microservices: (app) => [{ strategy: app.get(JetStreamStrategy) }],
});
