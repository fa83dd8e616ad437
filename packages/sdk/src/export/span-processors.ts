import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { StandardSettings } from '../config/read-standard.ts';
import { exporterNames } from './exporter-names.ts';
import type { ExportsOnTheirWay } from './exports-on-their-way.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import { positive } from './positive.ts';

/** Batches on their way at most: as many spans as the queue of the processor holds by default, twice. */
const LIMIT = 8;

/** The exporting span processors that the standard variables ask for. None: traces are off. */
export async function exportingSpanProcessors(
  settings: StandardSettings,
  onTheirWay: ExportsOnTheirWay,
): Promise<SpanProcessor[]> {
  const processors: SpanProcessor[] = [];
  for (const name of exporterNames(settings, 'TRACES')) {
    if (name === 'console') {
      processors.push(new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }));
    } else {
      const exporter = await (name === 'zipkin'
        ? zipkinExporter()
        : otlpExporter(settings, onTheirWay));
      processors.push(batching(exporter, settings));
    }
  }
  return processors;
}

function batching(exporter: SpanExporter, settings: StandardSettings): SpanProcessor {
  return new BatchSpanProcessor({
    exporter,
    ...positive(settings, {
      maxQueueSize: 'OTEL_BSP_MAX_QUEUE_SIZE',
      scheduledDelayMillis: 'OTEL_BSP_SCHEDULE_DELAY',
      exportTimeoutMillis: 'OTEL_BSP_EXPORT_TIMEOUT',
      maxExportBatchSize: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    }),
  });
}

async function otlpExporter(
  settings: StandardSettings,
  onTheirWay: ExportsOnTheirWay,
): Promise<SpanExporter> {
  const protocol = otlpProtocol(settings, 'TRACES');
  if (protocol === 'grpc') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
    return new OTLPTraceExporter();
  }
  const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer;
  return new OtlpExporter(otlpHttpOptions('TRACES', protocol), serializer, LIMIT, onTheirWay);
}

async function zipkinExporter(): Promise<SpanExporter> {
  const { ZipkinExporter } = await import('@opentelemetry/exporter-zipkin');
  return new ZipkinExporter();
}
