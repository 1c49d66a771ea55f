export { closeConnectionsOnceIdle } from './close-idle-connections.js';
export { HEALTH_CHECKS, type HealthCheck } from './health.js';
export { loadConfig } from './load-config.js';
export { createLogger, type Logger } from './logger.js';
export { type ServiceOptions, startService } from './start-service.js';
export { activeTraceparent, continueTrace, traceFields, traceIdOf } from './trace-context.js';
