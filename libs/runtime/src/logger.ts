import { trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * A logger of JSON lines: `level`, `time`, `service`, `msg` and, inside a trace, `trace_id` and `span_id`.
 *
 * @param service     name of the process
 * @param destination standard output unless given; written synchronously, so that the last line before an exit is kept
 */
export function createLogger(service: string, destination?: DestinationStream): Logger {
  const options = {
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: activeTrace,
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function activeTrace(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
