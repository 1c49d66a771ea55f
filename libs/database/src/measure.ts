import { type Attributes, metrics } from '@opentelemetry/api';

/** A figure with what tells it from others of the same gauge. */
export type Measured = readonly [value: number, attributes?: Attributes];

/**
 * Offers a gauge that is looked up in the tables only when somebody reads the metrics. While the tables cannot be read it is left
 * out, rather than the other metrics with it.
 */
export function measure(name: string, description: string, look: () => Promise<readonly Measured[]>): void {
  const gauge = metrics.getMeter('windfall').createObservableGauge(name, { description });
  gauge.addCallback(async (result) => {
    for (const [value, attributes] of await look().catch(() => [])) result.observe(value, attributes);
  });
}
