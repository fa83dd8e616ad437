import { oneOf, optional, upTo } from '../attributes/kinds.ts';
import { counter, histogram, upDownCounter } from '../catalog/definition.ts';

const component = { 'otel.component.type': upTo(20), 'otel.component.name': upTo(20) };
const failing = { ...component, 'error.type': optional(upTo(20)) };
const server = {
  'server.address': optional(upTo(10)),
  'server.port': optional(upTo(10, 'int')),
};
/** Count, sum, smallest and largest: what the conventions advise for both durations. */
const boundaries = [] as const;

const spans = { unit: '{span}', tenant: false } as const;
const logs = { unit: '{log_record}', tenant: false } as const;

/**
 * What an SDK tells about itself, by semantic conventions: of each signal how much was started, waits, was dropped, is on its way, arrived
 * and failed. What failed has an `error.type`; what arrived has none. One component of each type in an SDK, so few series.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/otel/sdk-metrics/
 */
export const sdkConventions = {
  spansStarted: counter('otel.sdk.span.started', {
    ...spans,
    description: 'The number of created spans.',
    attributes: {
      'otel.span.parent.origin': oneOf('none', 'local', 'remote'),
      'otel.span.sampling_result': oneOf('DROP', 'RECORD_ONLY', 'RECORD_AND_SAMPLE'),
    },
  }),
  spansLive: upDownCounter('otel.sdk.span.live', {
    ...spans,
    description:
      'The number of created spans with recording=true for which the end operation has not been called yet.',
    attributes: { 'otel.span.sampling_result': oneOf('RECORD_ONLY', 'RECORD_AND_SAMPLE') },
  }),
  spanQueueSize: upDownCounter('otel.sdk.processor.span.queue.size', {
    ...spans,
    description: 'The number of spans in the queue of a given instance of an SDK span processor.',
    attributes: component,
  }),
  spanQueueCapacity: upDownCounter('otel.sdk.processor.span.queue.capacity', {
    ...spans,
    description:
      'The maximum number of spans the queue of a given instance of an SDK span processor can hold.',
    attributes: component,
  }),
  spansProcessed: counter('otel.sdk.processor.span.processed', {
    ...spans,
    description:
      'The number of spans for which the processing has finished, either successful or failed.',
    attributes: failing,
  }),
  spansInflight: upDownCounter('otel.sdk.exporter.span.inflight', {
    ...spans,
    description:
      'The number of spans which were passed to the exporter, but that have not been exported yet (neither successful, nor failed).',
    attributes: { ...component, ...server },
  }),
  spansExported: counter('otel.sdk.exporter.span.exported', {
    ...spans,
    description:
      'The number of spans for which the export has finished, either successful or failed.',
    attributes: { ...failing, ...server },
  }),
  logsCreated: counter('otel.sdk.log.created', {
    ...logs,
    description: 'The number of log records submitted to an enabled Logger.',
  }),
  logQueueSize: upDownCounter('otel.sdk.processor.log.queue.size', {
    ...logs,
    description:
      'The number of log records in the queue of a given instance of an SDK log processor.',
    attributes: component,
  }),
  logQueueCapacity: upDownCounter('otel.sdk.processor.log.queue.capacity', {
    ...logs,
    description:
      'The maximum number of log records the queue of a given instance of an SDK log processor can hold.',
    attributes: component,
  }),
  logsProcessed: counter('otel.sdk.processor.log.processed', {
    ...logs,
    description:
      'The number of log records for which the processing has finished, either successful or failed.',
    attributes: failing,
  }),
  logsInflight: upDownCounter('otel.sdk.exporter.log.inflight', {
    ...logs,
    description:
      'The number of log records which were passed to the exporter, but that have not been exported yet (neither successful, nor failed).',
    attributes: { ...component, ...server },
  }),
  logsExported: counter('otel.sdk.exporter.log.exported', {
    ...logs,
    description:
      'The number of log records for which the export has finished, either successful or failed.',
    attributes: { ...failing, ...server },
  }),
  pointsInflight: upDownCounter('otel.sdk.exporter.metric_data_point.inflight', {
    unit: '{data_point}',
    tenant: false,
    description:
      'The number of metric data points which were passed to the exporter, but that have not been exported yet (neither successful, nor failed).',
    attributes: { ...component, ...server },
  }),
  pointsExported: counter('otel.sdk.exporter.metric_data_point.exported', {
    unit: '{data_point}',
    tenant: false,
    description:
      'The number of metric data points for which the export has finished, either successful or failed.',
    attributes: { ...failing, ...server },
  }),
  collectionDuration: histogram('otel.sdk.metric_reader.collection.duration', {
    unit: 's',
    tenant: false,
    boundaries,
    description: 'The duration of the collect operation of the metric reader.',
    attributes: failing,
  }),
  exportDuration: histogram('otel.sdk.exporter.operation.duration', {
    unit: 's',
    tenant: false,
    boundaries,
    description: 'The duration of exporting a batch of telemetry records.',
    attributes: {
      ...failing,
      ...server,
      'http.response.status_code': optional(upTo(20, 'int')),
      'rpc.response.status_code': optional(upTo(20)),
    },
  }),
} as const;
