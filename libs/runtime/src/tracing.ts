/**
 * Starts telemetry as a side effect. It must be the first import of a main.ts, as `@app/runtime/tracing`: what is
 * imported before it is not observed. There must be no top-level await here, since sibling modules would not wait for it.
 *
 * Trace ids are made and passed on in any case; they are exported when OTEL_EXPORTER_OTLP_ENDPOINT is set.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { context, metrics } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

type TraceExporters = typeof import('@opentelemetry/exporter-trace-otlp-proto');
type MetricExporters = typeof import('@opentelemetry/exporter-metrics-otlp-proto');

// The configuration is parsed after this module has run, hence the environment itself.
const exporting = (process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '') !== '';
// Only then, since they take 3 MB and some time of the start; and at once, hence not by `import()`.
const require = createRequire(import.meta.url);
const { OTLPTraceExporter } = exporting ? (require('@opentelemetry/exporter-trace-otlp-proto') as TraceExporters) : {};
const { OTLPMetricExporter } = exporting
  ? (require('@opentelemetry/exporter-metrics-otlp-proto') as MetricExporters)
  : {};
// A service is one file, dist/services/<service>.js, made from dist/apps/<service>/src/main.js and what that imports.
const service = /([^/\\]+)(?:[/\\]src[/\\]main)?\.js$/.exec(process.argv[1] ?? '')?.[1] ?? 'windfall';

const resource = defaultResource()
  .merge(
    resourceFromAttributes({
      'service.name': service,
      'service.instance.id': `${hostname()}-${process.pid}`,
    }),
  )
  .merge(detectResources({ detectors: [envDetector] }));

const tracerProvider = new NodeTracerProvider({
  resource,
  spanProcessors: OTLPTraceExporter === undefined ? [] : [new BatchSpanProcessor(new OTLPTraceExporter())],
});
tracerProvider.register();

const prometheus = new PrometheusExporter({ preventServerStart: true });
const meterProvider = new MeterProvider({
  resource,
  readers:
    OTLPMetricExporter === undefined
      ? [prometheus]
      : [prometheus, new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter() })],
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
