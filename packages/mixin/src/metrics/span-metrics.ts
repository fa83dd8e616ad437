import type { Metric } from './metric.ts';

/** What the Collector's `span_metrics` makes of spans: always with classic buckets, with exemplars, and without a tenant. */
export const spanDuration: Metric = {
  name: 'traces_span_metrics_duration_seconds',
  kind: 'histogram',
  unit: 's',
  description: 'Duration of spans, by name, kind and status, with exemplars that name a trace',
  origin: 'service',
  tenant: false,
  labels: ['span_name', 'span_kind', 'status_code'],
};
