import { telemetry } from '@app/runtime/tracing';
import { loadConfig, startService } from '@app/runtime';
import { gatewayConfig } from './config.js';
import { configureGateway } from './configure.js';
import { GatewayModule } from './gateway.module.js';

const { PORT } = loadConfig(gatewayConfig);

await startService({ name: 'gateway', module: GatewayModule, port: PORT, telemetry, configure: configureGateway });
