import { telemetry } from '@app/runtime/tracing';
import { loadConfig, startService } from '@app/runtime';
import { gatewayConfig } from './config.js';
import { configureGateway } from './configure.js';
import { GatewayModule } from './gateway.module.js';
import { refuseAddress } from './problems/send-problem.js';

const { PORT } = loadConfig(gatewayConfig);

await startService({
  name: 'gateway',
  module: GatewayModule,
  port: PORT,
  telemetry,
  frameworkErrors: refuseAddress,
  configure: configureGateway,
});
