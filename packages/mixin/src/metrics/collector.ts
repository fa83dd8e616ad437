import { scraped } from './metric.ts';

const receiver = ['receiver', 'transport'];

/**
 * The OpenTelemetry Collector about itself, by the reader in collector/config.yaml: counters have no `_total` there. A
 * counter that has not counted yet is absent.
 * @see https://opentelemetry.io/docs/collector/internal-telemetry/
 */
export const collector = {
  acceptedPoints: scraped(
    'otelcol_receiver_accepted_metric_points',
    'counter',
    'Metric points taken from services',
    receiver,
  ),
  refusedPoints: scraped(
    'otelcol_receiver_refused_metric_points',
    'counter',
    'Metric points turned away, which their sender may send again',
    receiver,
  ),
  failedPoints: scraped(
    'otelcol_receiver_failed_metric_points',
    'counter',
    'Metric points lost by an error inside the Collector',
    receiver,
  ),
  sentPoints: scraped(
    'otelcol_exporter_sent_metric_points',
    'counter',
    'Metric points that Prometheus took',
    ['exporter'],
  ),
  sendFailedPoints: scraped(
    'otelcol_exporter_send_failed_metric_points',
    'counter',
    'Metric points that Prometheus refused for good: they are lost',
    ['exporter'],
  ),
  enqueueFailedPoints: scraped(
    'otelcol_exporter_enqueue_failed_metric_points',
    'counter',
    'Metric points for which the queue had no room: they are lost',
    ['exporter'],
  ),
  queueSize: scraped(
    'otelcol_exporter_queue_size',
    'gauge',
    'Points that wait on disk for Prometheus',
    ['exporter', 'data_type'],
  ),
  queueCapacity: scraped('otelcol_exporter_queue_capacity', 'gauge', 'Most points that may wait', [
    'exporter',
    'data_type',
  ]),
  filteredPoints: scraped(
    'otelcol_processor_filter_datapoints_filtered',
    'counter',
    'Points dropped because Prometheus would refuse their whole request: delta, or of a wrong time',
    ['filter'],
  ),
  acceptedSpans: scraped(
    'otelcol_receiver_accepted_spans',
    'counter',
    'Spans taken from services',
    receiver,
  ),
  uptime: scraped('otelcol_process_uptime', 'counter', 'Seconds since the Collector started'),
  memory: scraped('otelcol_process_memory_rss', 'gauge', 'Bytes of memory of the Collector'),
  cpu: scraped('otelcol_process_cpu_seconds', 'counter', 'CPU seconds of the Collector'),
} as const;
