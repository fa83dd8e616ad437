import type { TracerProvider as TracerProviderApi } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';
import type { StandardSettings } from '../config/read-standard.ts';
import { readyBytes } from '../otlp/ready-bytes.ts';
import { samplerFrom } from '../trace/sampler.ts';
import { SpanBatches } from '../trace/span-batches.ts';
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
 * ours; every other exporter, and upstream's metrics about itself (`observer`), take upstream's SDK, which is loaded for them only.
 */
export async function tracesFor(
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  observer: MeterProvider | undefined,
): Promise<Traces | undefined> {
  const names = exporterNames(settings, 'TRACES');
  if (names.length === 0) return undefined;
  const isOurs =
    names.every((name) => name === 'otlp') &&
    otlpProtocol(settings, 'TRACES') === 'http/protobuf' &&
    observer === undefined;
  if (isOurs) return ownTraces(settings, resource, outbox);
  const { upstreamTraces } = await import('./upstream-traces.ts');
  return upstreamTraces(settings, resource, outbox, observer);
}

function ownTraces(settings: StandardSettings, resource: Resource, outbox: Outbox): Traces {
  const options = otlpHttpOptions('TRACES', 'http/protobuf', settings);
  const exporter = new OtlpExporter<Uint8Array>(options, readyBytes, LIMIT, outbox);
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
  outbox.addUnsent(() => batches.unsent().flatMap((body) => exporter.requestFor(body) ?? []));
  return new TracerProvider({
    resource,
    sampler: samplerFrom(settings),
    limits: withDefaults(spanLimits(settings)),
    batches,
  });
}
