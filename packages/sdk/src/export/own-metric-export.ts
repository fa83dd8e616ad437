import type { Takeover } from '@bellwether/meters/runtime';
import type { Resource } from '@opentelemetry/resources';
import type { StandardSettings } from '../config/read-standard.ts';
import { readAnswer } from '../otlp/read-answer.ts';
import { MetricExport, type MetricExportOptions } from '../otlp-metrics/metric-export.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { metricIntervals } from './metric-intervals.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { OtlpSender } from './otlp-sender.ts';
import type { Outbox } from './outbox.ts';

export interface OwnMetricExportOptions {
  readonly settings: StandardSettings;
  readonly meters: Takeover;
  readonly resource: Resource;
  readonly outbox: Outbox;
  readonly plain: MetricExportOptions['plain'];
  readonly self: SelfMetrics | undefined;
}

/** Our export of metrics, as the standard variables want it. It does not run yet. */
export function ownMetricExport({
  settings,
  self,
  ...options
}: OwnMetricExportOptions): MetricExport {
  const http = otlpHttpOptions('METRICS', 'http/protobuf', settings);
  const metrics = self?.exporter('METRICS', 'http/protobuf', http.url);
  const sender = new OtlpSender(http, readAnswer, options.outbox, metrics);
  return new MetricExport({
    ...options,
    sender,
    ...metricIntervals(settings),
    ...(self !== undefined && { collected: self.collected }),
  });
}
