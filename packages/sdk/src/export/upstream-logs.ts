import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  BatchLogRecordProcessor,
  ConsoleLogRecordExporter,
  LoggerProvider,
  type LogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { logRecordReader } from '../logs/log-record.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { exporterNames } from './exporter-names.ts';
import { logRecordLimits } from './limits.ts';
import type { Logs } from './logs.ts';
import { observedBy } from './observed-by.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { positive } from './positive.ts';
import { loggerProviderWithTenant } from './tenant-providers.ts';
import { Unsent, unsentLogProcessor } from './unsent.ts';
import { writableItems } from './writable-items.ts';

/** Batches on their way at most: twice the default queue of the processor. */
const LIMIT = 8;

/** Upstream's SDK. `otlp`: how OTLP leaves, over HTTP or by the exporter for gRPC. */
export function upstreamLogs(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  otlp: OtlpHttpOptions | LogRecordExporter,
  self: SelfMetrics | undefined,
): Logs {
  const processors = exporterNames(settings, 'LOGS').flatMap((name) => {
    if (name === 'console') {
      return new SimpleLogRecordProcessor({
        exporter: new ConsoleLogRecordExporter(),
        ...observedBy(self),
      });
    }
    return 'export' in otlp
      ? batching(otlp, settings, self)
      : httpProcessors(settings, outbox, otlp, self);
  });
  const provider = new LoggerProvider({
    resource,
    processors,
    logRecordLimits: logRecordLimits(settings),
    ...(self !== undefined && { meterProvider: self.provider }),
  });
  return {
    // Before the record is made, which refuses what is no plain value.
    ...loggerProviderWithTenant(provider, logRecordReader(config)),
    forceFlush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

export async function grpcLogExporter(self: SelfMetrics | undefined): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-grpc');
  return new OTLPLogExporter(observedBy(self));
}

function batching(
  exporter: LogRecordExporter,
  settings: StandardSettings,
  self: SelfMetrics | undefined,
): LogRecordProcessor {
  return new BatchLogRecordProcessor({
    exporter,
    ...observedBy(self),
    ...positive(settings, {
      maxQueueSize: 'OTEL_BLRP_MAX_QUEUE_SIZE',
      scheduledDelayMillis: 'OTEL_BLRP_SCHEDULE_DELAY',
      exportTimeoutMillis: 'OTEL_BLRP_EXPORT_TIMEOUT',
      maxExportBatchSize: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
    }),
  });
}

function httpProcessors(
  settings: StandardSettings,
  outbox: Outbox,
  http: OtlpHttpOptions,
  self: SelfMetrics | undefined,
): LogRecordProcessor[] {
  const isJson = otlpProtocol(settings, 'LOGS') === 'http/json';
  const serializer = isJson ? JsonLogsSerializer : ProtobufLogsSerializer;
  const exporter = new OtlpExporter<ReadableLogRecord[]>({
    http,
    serializer,
    limit: LIMIT,
    outbox,
    count: ({ length }) => length,
    writable: writableItems(serializer),
    metrics: self?.exporter('LOGS', isJson ? 'http/json' : 'http/protobuf', http.url),
  });
  const unsent = new Unsent<ReadableLogRecord>(exporter, outbox);
  return [unsentLogProcessor(unsent), batching(unsent, settings, self)];
}
