import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import {
  BatchLogRecordProcessor,
  ConsoleLogRecordExporter,
  type LogRecordExporter,
  type LogRecordProcessor,
  type ReadableLogRecord,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import type { StandardSettings } from '../config/read-standard.ts';
import { exporterNames } from './exporter-names.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { positive } from './positive.ts';
import { Unsent, unsentLogProcessor } from './unsent.ts';

/** Batches on their way at most: twice the default queue of the processor. */
const LIMIT = 8;

/** The exporting log record processors that the standard variables ask for. None: logs are off. */
export async function exportingLogRecordProcessors(
  settings: StandardSettings,
  outbox: Outbox,
): Promise<LogRecordProcessor[]> {
  const processors: LogRecordProcessor[] = [];
  for (const name of exporterNames(settings, 'LOGS')) {
    if (name === 'console') {
      processors.push(new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() }));
    } else {
      processors.push(...(await otlpProcessors(settings, outbox)));
    }
  }
  return processors;
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

async function otlpProcessors(
  settings: StandardSettings,
  outbox: Outbox,
): Promise<LogRecordProcessor[]> {
  const protocol = otlpProtocol(settings, 'LOGS');
  if (protocol === 'grpc') {
    const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-grpc');
    return [batching(new OTLPLogExporter(), settings)];
  }
  const serializer = protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer;
  const options = otlpHttpOptions('LOGS', protocol, settings);
  const exporter = new OtlpExporter<ReadableLogRecord[]>(options, serializer, LIMIT, outbox);
  const unsent = new Unsent<ReadableLogRecord>(exporter, outbox);
  return [unsentLogProcessor(unsent), batching(unsent, settings)];
}
