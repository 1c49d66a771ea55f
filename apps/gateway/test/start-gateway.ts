import { createHash, randomUUID } from 'node:crypto';
import { closeConnectionsOnceIdle } from '@app/runtime';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CLOCK } from '../src/clock.js';
import { GATEWAY_CONFIG, gatewayConfig } from '../src/config.js';
import { configureGateway } from '../src/configure.js';
import { refuseAddress } from '../src/problems/send-problem.js';
import { GatewayModule } from '../src/gateway.module.js';

/** Keys that the gateway of a test knows, by their scope. */
export const operatorKeys = { verify: 'key-to-verify', repair: 'key-to-repair', admin: 'key-to-administer' } as const;

/** The environment in which `operatorKeys` are the keys; each one's id is its scope. */
const keysInEnvironment = Object.entries(operatorKeys)
  .map(([scope, key]) => `${scope}:${createHash('sha256').update(key).digest('hex')}:${scope}`)
  .join(',');

/**
 * The gateway as it runs, but for its port: requests are injected.
 *
 * @param environment addresses and whatever else differs from the defaults
 * @param nowAt       the present, for what has not settled yet
 */
export async function startGateway(
  environment: Record<string, string>,
  nowAt = '2025-06-15T12:00:00.000Z',
): Promise<NestFastifyApplication> {
  const config = gatewayConfig.parse({ OPERATOR_API_KEYS: keysInEnvironment, ...environment });
  const module = await Test.createTestingModule({ imports: [GatewayModule] })
    .overrideProvider(GATEWAY_CONFIG)
    .useValue(config)
    .overrideProvider(CLOCK)
    .useValue(() => nowAt)
    .compile();
  const adapter = new FastifyAdapter({ genReqId: () => randomUUID(), frameworkErrors: refuseAddress });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest types its options as a class
  const app = module.createNestApplication<NestFastifyApplication>(adapter, { logger: false });
  closeConnectionsOnceIdle(adapter.getInstance());
  configureGateway(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
