import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { tenantSpanProcessor } from '../tenant/tenant-span-processor.ts';
import { exporterNames } from './exporter-names.ts';
import { spanLimits } from './limits.ts';
import { observedBy } from './observed-by.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { positive } from './positive.ts';
import { samplerOf } from './sampler.ts';
import { Unsent, unsentSpanProcessor } from './unsent.ts';
import { writableItems } from './writable-items.ts';

/** Batches on their way at most: as many spans as the queue of the processor holds by default, twice. */
const LIMIT = 8;

/** Upstream's SDK, for the exporters that ours has not. */
export async function upstreamTraces(
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<TracerProvider> {
  const spanProcessors = await exportingSpanProcessors(settings, outbox, self);
  const sampler = samplerOf(settings);
  return new TracerProvider({
    resource,
    spanProcessors: [tenantSpanProcessor(), ...spanProcessors],
    spanLimits: spanLimits(settings),
    ...(sampler !== undefined && { sampler }),
    ...(self !== undefined && { meterProvider: self.provider }),
  });
}

async function exportingSpanProcessors(
  settings: StandardSettings,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<SpanProcessor[]> {
  const processors: SpanProcessor[] = [];
  for (const name of exporterNames(settings, 'TRACES')) {
    if (name === 'console') {
      processors.push(
        new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter(), ...observedBy(self) }),
      );
    } else if (name === 'zipkin') {
      const { ZipkinExporter } = await import('@opentelemetry/exporter-zipkin');
      processors.push(batching(new ZipkinExporter(), settings, self));
    } else {
      processors.push(...(await otlpProcessors(settings, outbox, self)));
    }
  }
  return processors;
}

function batching(
  exporter: SpanExporter,
  settings: StandardSettings,
  self: SelfMetrics | undefined,
): SpanProcessor {
  return new BatchSpanProcessor({
    exporter,
    ...observedBy(self),
    ...positive(settings, {
      maxQueueSize: 'OTEL_BSP_MAX_QUEUE_SIZE',
      scheduledDelayMillis: 'OTEL_BSP_SCHEDULE_DELAY',
      exportTimeoutMillis: 'OTEL_BSP_EXPORT_TIMEOUT',
      maxExportBatchSize: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
    }),
  });
}

async function otlpProcessors(
  settings: StandardSettings,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<SpanProcessor[]> {
  const protocol = otlpProtocol(settings, 'TRACES');
  if (protocol === 'grpc') {
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-grpc');
    return [batching(new OTLPTraceExporter(observedBy(self)), settings, self)];
  }
  const serializer = protocol === 'http/json' ? JsonTraceSerializer : ProtobufTraceSerializer;
  const http = otlpHttpOptions('TRACES', protocol, settings);
  const exporter = new OtlpExporter<ReadableSpan[]>({
    http,
    serializer,
    limit: LIMIT,
    outbox,
    count: ({ length }) => length,
    writable: writableItems(serializer),
    metrics: self?.exporter('TRACES', protocol, http.url),
  });
  const unsent = new Unsent<ReadableSpan>(exporter, outbox);
  return [unsentSpanProcessor(unsent), batching(unsent, settings, self)];
}
