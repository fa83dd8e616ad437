import type { TracerProvider as TracerProviderApi } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { StandardSettings } from '../config/read-standard.ts';
import { readAnswer } from '../otlp/read-answer.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { samplerFrom } from '../trace/sampler.ts';
import { type SpanBatch, SpanBatches } from '../trace/span-batches.ts';
import { withDefaults } from '../trace/span-limits.ts';
import { TracerProvider } from '../trace/tracer-provider.ts';
import { exporterNames } from './exporter-names.ts';
import { spanLimits } from './limits.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { positive } from './positive.ts';

/** Batches on their way at most: as many spans as the queue holds by default, twice. */
const LIMIT = 8;

/** Traces, as long as the SDK runs. */
export interface Traces extends TracerProviderApi {
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * The provider that the standard variables ask for; `undefined` when traces are off. Spans that leave by OTLP in protobuf over HTTP are
 * ours; every other exporter takes upstream's SDK, which is loaded for it only.
 */
export async function tracesFor(
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<Traces | undefined> {
  const names = exporterNames(settings, 'TRACES');
  if (names.length === 0) return undefined;
  const isOurs =
    names.every((name) => name === 'otlp') && otlpProtocol(settings, 'TRACES') === 'http/protobuf';
  if (isOurs) return ownTraces(settings, resource, outbox, self);
  const { upstreamTraces } = await import('./upstream-traces.ts');
  return upstreamTraces(settings, resource, outbox, self);
}

function ownTraces(
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Traces {
  const http = otlpHttpOptions('TRACES', 'http/protobuf', settings);
  const exporter = new OtlpExporter<SpanBatch>({
    http,
    serializer: { serializeRequest: ({ body }) => body, deserializeResponse: readAnswer },
    limit: LIMIT,
    outbox,
    count: ({ spans }) => spans,
    metrics: self?.exporter('TRACES', 'http/protobuf', http.url),
  });
  const batches = new SpanBatches(resource, exporter, {
    maxQueueSize: 2_048,
    maxExportBatchSize: 512,
    scheduledDelayMillis: 5_000,
    ...positive(settings, {
      maxQueueSize: 'OTEL_BSP_MAX_QUEUE_SIZE',
      maxExportBatchSize: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
      scheduledDelayMillis: 'OTEL_BSP_SCHEDULE_DELAY',
    }),
  });
  outbox.addUnsent(() => batches.unsent().flatMap((batch) => exporter.requestFor(batch) ?? []));
  const provider = new TracerProvider({
    resource,
    sampler: samplerFrom(settings),
    limits: withDefaults(spanLimits(settings)),
    batches,
  });
  self?.watchSpans(provider.started, batches);
  return provider;
}
