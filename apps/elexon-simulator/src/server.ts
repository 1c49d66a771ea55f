import fastify, { type FastifyInstance } from 'fastify';
import type { SimulatorConfig } from './config.js';
import { controlRoutes } from './control/control.routes.js';
import { FaultBook } from './control/faults.js';
import { RequestLog } from './control/request-log.js';
import { Revisions } from './control/revisions.js';
import { WindRevisions } from './control/wind-revisions.js';
import { PINNED_SCENARIOS } from './curtailment/day-scenario.js';
import { GeneratedDays } from './curtailment/generated-days.js';
import { RecordedDays } from './curtailment/recorded-days.js';
import { WindDays } from './curtailment/wind-days.js';
import { insightsRoutes } from './endpoints/insights.routes.js';
import { loadUnitRegister } from './register/bm-units.js';
import { SettlementStack } from './stack/settlement-stack.js';

/** Where the real service keeps its operations, below its host. */
export const BASE_PATH = '/bmrs/api/v1';

/** The simulator, not yet listening. @throws {Error} when the recording cannot be read */
export function createSimulator(config: SimulatorConfig): FastifyInstance {
  const seed = config.SIMULATOR_SEED;
  const fixedNow = config.SIMULATOR_NOW;
  const nowMs = fixedNow === undefined ? Date.now : () => Date.parse(fixedNow);
  const register = loadUnitRegister();
  const pinned = new Map([...Object.entries(PINNED_SCENARIOS), ...config.SIMULATOR_SCENARIOS]);
  const recording = config.SIMULATOR_RECORDING;
  const recorded = recording === undefined ? null : RecordedDays.read(recording, seed, register);
  const windDays = new WindDays(new GeneratedDays(seed, register, pinned), recorded);
  const revisions = new Revisions(register.windIds);
  const windRevisions = new WindRevisions();
  const keptBytes = config.SIMULATOR_KEPT_MB * 1024 * 1024;
  const stack = new SettlementStack(seed, windDays, register.otherIds, revisions, nowMs, keptBytes);
  const faults = new FaultBook(seed);
  const requests = new RequestLog();

  // Answers that a fault holds back for ever must not hold back the end of the process.
  const app = fastify({ forceCloseConnections: true });
  void app.register(
    (insights, _options, done) => {
      logRequests(insights, requests);
      insightsRoutes(insights, {
        seed,
        register,
        windDays,
        windRevisions,
        stack,
        faults,
        latencyMs: config.SIMULATOR_LATENCY_MS,
        nowMs,
      });
      done();
    },
    { prefix: BASE_PATH },
  );
  controlRoutes(app, { faults, revisions, windRevisions, requests, stack, nowMs });
  return app;
}

function logRequests(app: FastifyInstance, requests: RequestLog): void {
  app.addHook('onRequest', (request, reply, next) => {
    const closed = requests.opened(request.url);
    // Not onResponse, which does not come for answers that are cut off.
    reply.raw.once('close', () => closed(reply.raw.writableFinished ? String(reply.raw.statusCode) : 'cut-off'));
    next();
  });
}
