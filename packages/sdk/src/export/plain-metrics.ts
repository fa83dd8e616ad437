import type { HistogramBuckets } from '@bellwether/meters/runtime';
import type { Resource } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { PlainReader } from '../otlp-metrics/plain-reader.ts';
import { tenantViews } from '../views/tenant-view.ts';

/** Upstream's provider of meters and what reads it. */
export function plainMetrics(resource: Resource, buckets: HistogramBuckets) {
  const reader = new PlainReader();
  const provider = new MeterProvider({ resource, views: tenantViews(buckets), readers: [reader] });
  return { reader, provider };
}
