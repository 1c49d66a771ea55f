import { randomUUID } from 'node:crypto';
import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import { closeConnectionsOnceIdle } from './close-idle-connections.js';
import { Health, HEALTH_CHECKS, type HealthCheck } from './health.js';
import { createLogger, type Logger } from './logger.js';
import { NestLogger } from './nest-logger.js';
import type { Telemetry } from './tracing.js';

/** Everything is handed back and closed within this time, or the process ends without. */
const STOP_WITHIN_MS = 4_000;

export interface ServiceOptions {
  name: string;
  /** Provides `HEALTH_CHECKS`. Nothing in it may wait for a store: the service is alive before its stores are. */
  module: Type;
  /** Serves /health/live, /health/ready, /metrics and what controllers the module has. */
  port: number;
  telemetry: Telemetry;
  /** Answers what Fastify refuses before it looks for a route: an address that does not decode. */
  frameworkErrors?: FastifyServerOptions['frameworkErrors'];
  /** What the application needs before its routes are made: prefix, filters, documents. */
  configure?: (app: NestFastifyApplication) => void | Promise<void>;
  /** What it listens to besides HTTP. */
  microservices?: (app: NestFastifyApplication) => MicroserviceOptions[];
}

/**
 * Starts a service and returns once it listens. From then on it is alive, and ready as soon as all health checks pass.
 * It ends by itself: with 0 after SIGTERM, SIGINT or the loss of the process that started it; with 1 on a fault that
 * nobody caught, since nobody knows what state is left then.
 */
export async function startService(options: ServiceOptions): Promise<void> {
  const logger = createLogger(options.name);
  process.on('uncaughtException', (error, origin) => {
    logger.fatal({ err: error }, origin);
    process.exit(1);
  });

  let stop: () => void = () => process.exit(0);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop());
  if (process.channel !== undefined) process.on('disconnect', () => stop());

  const app = await createApp(options, logger);
  const health = new Health(app.get<HealthCheck[]>(HEALTH_CHECKS, { strict: false }), logger);
  const http: FastifyInstance = app.getHttpAdapter().getInstance();
  serveHealth(http, health, options.telemetry);
  http.addHook('onSend', async (_request, reply) => {
    // A connection kept open for a next request would hold up the end.
    if (health.unavailable === 'stopping') reply.header('connection', 'close');
  });
  await options.configure?.(app);
  for (const microservice of options.microservices?.(app) ?? []) app.connectMicroservice(microservice);
  stop = stopOnce(app, health, options.telemetry, logger);

  await app.listen(options.port, '0.0.0.0');
  logger.info({ port: options.port }, 'alive');
  // Waits as long as the bus cannot be reached.
  await app.startAllMicroservices();
  health.unavailable = undefined;
  await health.readiness();
}

async function createApp(
  { module, telemetry, frameworkErrors }: ServiceOptions,
  logger: Logger,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: logger,
    // Each request is logged once, below, when it has been answered.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: () => randomUUID(),
    ...(frameworkErrors && { frameworkErrors }),
  });
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest types its options as a class
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  const http: FastifyInstance = adapter.getInstance();
  closeConnectionsOnceIdle(http);
  http.addHook('onRequest', (request, reply, done) => {
    telemetry.nameRequest(request.routeOptions.url ?? 'unknown');
    void reply.header('x-request-id', request.id);
    done();
  });
  http.addHook('onResponse', (request, reply, done) => {
    const { method, url, routeOptions } = request;
    const line = { method, url, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) };
    // Probes come every few seconds and say nothing that the log does not say when it changes.
    if (routeOptions.logLevel !== 'silent') request.log.info(line, 'answered');
    done();
  });
  return app;
}

function serveHealth(http: FastifyInstance, health: Health, telemetry: Telemetry): void {
  const quiet = { logLevel: 'silent' } as const;
  http.get('/health/live', quiet, () => ({ status: 'alive' }));
  http.get('/health/ready', quiet, async (_request, reply) => {
    const { ready, checks } = await health.readiness();
    if (ready) return { status: 'ready', checks };
    return reply
      .code(503)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title: 'Not ready', status: 503, code: 'unavailable', checks }));
  });
  http.get('/metrics', quiet, (request, reply) => {
    reply.hijack();
    telemetry.serveMetrics(request.raw, reply.raw);
  });
}

function stopOnce(app: NestFastifyApplication, health: Health, telemetry: Telemetry, logger: Logger): () => void {
  const stop = async (): Promise<void> => {
    logger.info('stopping');
    setTimeout(() => {
      logger.error(`not stopped within ${STOP_WITHIN_MS} ms; what was unfinished will be done again`);
      process.exit(1);
    }, STOP_WITHIN_MS);
    await app.close();
    await telemetry.shutdown();
    logger.info('stopped');
    process.exit(0);
  };
  return () => {
    if (health.unavailable === 'stopping') return;
    health.unavailable = 'stopping';
    void stop();
  };
}
