/**
 * Starts telemetry as a side effect. It must be the first import of a main.ts, as `@app/runtime/tracing`: what is
 * imported before it is not observed. There must be no top-level await here, since sibling modules would not wait for it.
 *
 * Trace ids are made and passed on in any case; they are exported when OTEL_EXPORTER_OTLP_ENDPOINT is set.
 */
import { hostname } from 'node:os';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { context, metrics } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

// The configuration is parsed after this module has run, hence the environment itself.
const exporting = (process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '') !== '';
// A service is started by the main file in its folder: dist/apps/<service>/src/main.js.
const folder = /([^/\\]+)[/\\]src[/\\]main\.js$/.exec(process.argv[1] ?? '')?.[1];

const resource = defaultResource()
  .merge(
    resourceFromAttributes({
      'service.name': folder ?? 'windfall',
      'service.instance.id': `${hostname()}-${process.pid}`,
    }),
  )
  .merge(detectResources({ detectors: [envDetector] }));

const tracerProvider = new NodeTracerProvider({
  resource,
  spanProcessors: exporting ? [new BatchSpanProcessor(new OTLPTraceExporter())] : [],
});
tracerProvider.register();

const prometheus = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({
  resource,
  readers: exporting
    ? [prometheus, new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })]
    : [prometheus],
});
metrics.setGlobalMeterProvider(meterProvider);

registerInstrumentations({
  tracerProvider,
  meterProvider,
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = '' }) => url.startsWith('/health/') || url === '/metrics',
    }),
    new UndiciInstrumentation(),
    // Without a parent each look into the outbox would be a trace of its own.
    new PgInstrumentation({ requireParentSpan: true }),
    new RuntimeNodeInstrumentation(),
  ],
});

/** What a service does with its telemetry, besides producing it. */
export const telemetry = {
  /** Answers with all metrics in Prometheus' text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void {
    prometheus.getMetricsRequestHandler(request, response);
  },

  /** Names the span and the metrics of the current request after its route; there is no instrumentation for Fastify. */
  nameRequest(route: string): void {
    const metadata = getRPCMetadata(context.active());
    if (metadata?.type === RPCType.HTTP) metadata.route = route;
  },

  /** Sends what is left. */
  async shutdown(): Promise<void> {
    await Promise.allSettled([tracerProvider.shutdown(), meterProvider.shutdown()]);
  },
};

export type Telemetry = typeof telemetry;
