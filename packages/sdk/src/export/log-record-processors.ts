import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import {
  BatchLogRecordProcessor,
  ConsoleLogRecordExporter,
  type LogRecordExporter,
  type LogRecordProcessor,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import type { StandardSettings } from '../config/read-standard.ts';
import { exporterNames } from './exporter-names.ts';
import type { ExportsOnTheirWay } from './exports-on-their-way.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import { positive } from './positive.ts';

/** Batches on their way at most: twice the default queue of the processor. */
const LIMIT = 8;

/** The exporting log record processors that the standard variables ask for. None: logs are off. */
export async function exportingLogRecordProcessors(
  settings: StandardSettings,
  onTheirWay: ExportsOnTheirWay,
): Promise<LogRecordProcessor[]> {
  const processors: LogRecordProcessor[] = [];
  for (const name of exporterNames(settings, 'LOGS')) {
    if (name === 'console') {
      processors.push(new SimpleLogRecordProcessor({ exporter: new ConsoleLogRecordExporter() }));
    } else {
      processors.push(batching(await otlpExporter(settings, onTheirWay), settings));
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

async function otlpExporter(
  settings: StandardSettings,
  onTheirWay: ExportsOnTheirWay,
): Promise<LogRecordExporter> {
  const protocol = otlpProtocol(settings, 'LOGS');
  if (protocol === 'grpc') {
    const { OTLPLogExporter } = await import('@opentelemetry/exporter-logs-otlp-grpc');
    return new OTLPLogExporter();
  }
  const serializer = protocol === 'http/json' ? JsonLogsSerializer : ProtobufLogsSerializer;
  return new OtlpExporter(otlpHttpOptions('LOGS', protocol), serializer, LIMIT, onTheirWay);
}
