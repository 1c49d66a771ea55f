import { telemetry } from '@app/runtime/tracing';
import { startService } from '@app/runtime';
import { JetStreamStrategy } from '@app/messaging';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { config } from './config.js';
import { ReconcilerModule } from './reconciler.module.js';

/** Answers the gateway: a reply to a caller, where the bus carries what must not be lost. */
const requestReply: MicroserviceOptions = {
  transport: Transport.NATS,
  options: { servers: [config.NATS_URL], queue: 'reconciler', maxReconnectAttempts: -1, waitOnFirstConnect: true },
};

await startService({
  name: 'reconciler',
  module: ReconcilerModule,
  port: config.HEALTH_PORT,
  telemetry,
  microservices: (app) => [{ strategy: app.get(JetStreamStrategy) }, requestReply],
});
