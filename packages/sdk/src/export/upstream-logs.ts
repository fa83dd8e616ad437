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
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/table.ts';
import { logRedactionProcessor } from '../redaction/log-record-redactor.ts';
import { tenantLogProcessor } from '../tenant/tenant-log-processor.ts';
import { exporterNames } from './exporter-names.ts';
import { logRecordLimits } from './limits.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import type { OtlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { positive } from './positive.ts';
import { Unsent, unsentLogProcessor } from './unsent.ts';

/** Batches on their way at most: twice the default queue of the processor. */
const LIMIT = 8;

/** Upstream's SDK. `otlp`: how OTLP leaves, over HTTP or by the exporter for gRPC. */
export function upstreamLogs(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  otlp: OtlpHttpOptions | LogRecordExporter,
  observer?: MeterProvider,
): LoggerProvider {
  const processors = exporterNames(settings, 'LOGS').flatMap((name) => {
    if (name === 'console') {
      return new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() });
    }
    return 'export' in otlp ? batching(otlp, settings) : httpProcessors(settings, outbox, otlp);
  });
  return new LoggerProvider({
    resource,
    processors: [tenantLogProcessor(), logRedactionProcessor(config), ...processors],
    logRecordLimits: logRecordLimits(settings),
    ...(observer !== undefined && { meterProvider: observer }),
  });
}

export async function grpcLogExporter(): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-grpc');
  return new OTLPLogExporter();
}

function batching(exporter: LogRecordExporter, settings: StandardSettings): LogRecordProcessor {
  return new BatchLogRecordProcessor({
    exporter,
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
  options: OtlpHttpOptions,
): LogRecordProcessor[] {
  const isJson = otlpProtocol(settings, 'LOGS') === 'http/json';
  const serializer = isJson ? JsonLogsSerializer : ProtobufLogsSerializer;
  const exporter = new OtlpExporter<ReadableLogRecord[]>(options, serializer, LIMIT, outbox);
  const unsent = new Unsent<ReadableLogRecord>(exporter, outbox);
  return [unsentLogProcessor(unsent), batching(unsent, settings)];
}
