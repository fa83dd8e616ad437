import type { HistogramBuckets, Takeover } from '@bellwether/meters/runtime';
import type { MeterProvider } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { loadNow } from '../load-now.ts';
import { MetricExport, type MetricExportOptions } from '../otlp-metrics/metric-export.ts';
import type { PlainMetrics } from '../otlp-metrics/plain-metrics.ts';
import type { Provider } from './telemetry-handle.ts';

interface LeanMetricsOptions extends Omit<MetricExportOptions, 'plain'> {
  readonly meters: Takeover;
  readonly resource: Resource;
  readonly buckets: HistogramBuckets;
  /** Called, and waited for, before each collection. */
  readonly observe: () => Promise<void>;
}

/**
 * Metrics of the default path: those of our meters, and upstream's provider from the moment in which somebody asks for a meter of the plain
 * API. Most applications never do.
 */
export function leanMetrics({
  buckets,
  observe,
  ...options
}: LeanMetricsOptions): Provider<MeterProvider> {
  let plain: PlainMetrics | undefined;
  const exporting = new MetricExport({
    ...options,
    plain: async () => {
      await observe();
      return plain?.resourceMetrics();
    },
  });
  exporting.start();
  const begin = () => {
    const { PlainMetrics } = loadNow(() => import('../otlp-metrics/plain-metrics.ts'));
    return new PlainMetrics(options.resource, buckets);
  };
  return {
    api: {
      getMeter: (...which) => {
        plain ??= begin();
        return plain.provider.getMeter(...which);
      },
    },
    forceFlush: () => exporting.forceFlush(),
    shutdown: async () => {
      await exporting.shutdown();
      await plain?.provider.shutdown();
    },
  };
}
