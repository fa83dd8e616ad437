import type { HistogramBuckets } from '@bellwether/meters/runtime';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import { loadNow } from '../load-now.ts';
import type { PlainReader } from '../otlp-metrics/plain-reader.ts';
import type { MetricsProvider } from './metrics.ts';
import { type OwnMetricExportOptions, ownMetricExport } from './own-metric-export.ts';

interface LeanMetricsOptions extends Omit<OwnMetricExportOptions, 'plain'> {
  readonly buckets: HistogramBuckets;
  /** Called, and waited for, before each collection. */
  readonly observe: () => Promise<void>;
}

/**
 * Metrics of the default path: those of our meters, and upstream's provider from the moment in which somebody asks for a meter of the plain
 * API. Most applications never do.
 */
export function leanMetrics({ buckets, observe, ...options }: LeanMetricsOptions): MetricsProvider {
  let plain: { readonly reader: PlainReader; readonly provider: MeterProvider } | undefined;
  const exporting = ownMetricExport({
    ...options,
    plain: async (waitMs) => {
      await observe();
      return plain?.reader.resourceMetrics(waitMs);
    },
  });
  exporting.start();
  return {
    getMeter: (...which) => {
      plain ??= loadNow(() => import('./plain-metrics.ts')).plainMetrics(options.resource, buckets);
      return plain.provider.getMeter(...which);
    },
    forceFlush: () => exporting.forceFlush(),
    shutdown: async () => {
      await exporting.shutdown();
      await plain?.provider.shutdown();
    },
  };
}
