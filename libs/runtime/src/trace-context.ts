import { context, SpanKind, type SpanContext, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The W3C `traceparent` of the running span, undefined outside of one. */
export function activeTraceparent(): string | undefined {
  const span = trace.getActiveSpan()?.spanContext();
  if (span === undefined) return undefined;
  return `00-${span.traceId}-${span.spanId}-${span.traceFlags.toString(16).padStart(2, '0')}`;
}

/** The 32 hexadecimal digits that all spans of one trace have in common. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return TRACEPARENT.exec(traceparent ?? '')?.[1];
}

/** The fields by which a log line belongs to another trace than the running one; none when there is no other. */
export function traceFields(traceparent: string | undefined): { trace_id?: string } {
  const traceId = traceIdOf(traceparent);
  return traceId === undefined ? {} : { trace_id: traceId };
}

/**
 * Runs work inside a span that goes on with what others began, so that its log lines carry their trace id.
 *
 * @param name         name of the span
 * @param traceparents of what led to this work: the span hangs under the first and is linked to the others; those that
 *                     are missing or malformed are left out, and with none left a new trace begins
 */
export async function continueTrace<Result>(
  name: string,
  traceparents: readonly (string | undefined)[],
  work: () => Promise<Result>,
): Promise<Result> {
  const [parent, ...others] = traceparents.map(remoteSpan).filter((span) => span !== undefined);
  const within = parent === undefined ? context.active() : trace.setSpanContext(context.active(), parent);
  const options = { kind: SpanKind.CONSUMER, links: others.map((span) => ({ context: span })) };
  return trace.getTracer('windfall').startActiveSpan(name, options, within, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}

function remoteSpan(traceparent: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
}
