import type { HistogramBuckets } from '@bellwether/meters/runtime';
import type { StandardSettings } from '../config/read-standard.ts';

/** Which buckets histograms get, as `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION` says. */
export function histogramBuckets(settings: StandardSettings): HistogramBuckets {
  const asked = settings.get('OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION');
  return asked?.toLowerCase() === 'base2_exponential_bucket_histogram' ? 'exponential' : 'explicit';
}
