import { trace } from '@opentelemetry/api';
import { destination as writeTo, pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * A logger of JSON lines: `level`, `time`, `service`, `msg` and, inside a trace, `trace_id` and `span_id`.
 *
 * @param service     name of the process
 * @param destination standard output unless given; written synchronously, so that at an exit no line is lost or comes late
 */
export function createLogger(
  service: string,
  destination: DestinationStream = writeTo({ dest: 1, sync: true }),
): Logger {
  const options = {
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: activeTrace,
  };
  return pino(options, destination);
}

function activeTrace(): object {
  const span = trace.getActiveSpan()?.spanContext();
  return span === undefined ? {} : { trace_id: span.traceId, span_id: span.spanId };
}
