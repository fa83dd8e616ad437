import type { HistogramBuckets, Takeover } from '@bellwether/meters/runtime';
import {
  JsonMetricsSerializer,
  MetricsExporterMetricsHelper,
} from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  ConsoleMetricExporter,
  type IMetricReader,
  MeterProvider,
  type MetricProducer,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { StandardSettings } from '../config/read-standard.ts';
import type { SdkConfig } from '../config/sdk-config.ts';
import { isMainThread } from '../lifecycle/this-thread.ts';
import { PlainReader } from '../otlp-metrics/plain-reader.ts';
import type { SelfMetrics } from '../self-metrics/self-metrics.ts';
import { tenantViews } from '../views/tenant-view.ts';
import { exporterNames } from './exporter-names.ts';
import { metricIntervals } from './metric-intervals.ts';
import { observedBy } from './observed-by.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import type { Outbox } from './outbox.ts';
import { ownMetricExport } from './own-metric-export.ts';

/** A collection on its way and the last one at the end of the process: cumulative points need no longer queue. */
const LIMIT = 2;

/** What upstream's SDK collects, beside what it collects by itself. */
interface Sources {
  readonly meters: Takeover;
  /** Of the meters and all other sources; lets `observe` run. */
  readonly producer: MetricProducer;
  readonly buckets: HistogramBuckets;
  readonly observe: () => Promise<void>;
  readonly self: SelfMetrics | undefined;
}

interface UpstreamMetrics {
  readonly provider: MeterProvider;
  /** Of `/metrics`, where it is served. */
  readonly urls: readonly string[];
}

/** Upstream's SDK, for the exporters that ours has not and for several together. Each also reads the cells of the meters. */
export async function upstreamMetrics(
  config: SdkConfig,
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  sources: Sources,
): Promise<UpstreamMetrics> {
  const { producer } = sources;
  const readers = await readersOf(settings, resource, outbox, sources);
  if (config.metricsPort !== undefined && isMainThread()) {
    const { prometheusReader } = await import('./prometheus-reader.ts');
    const { metricsHost: host, metricsPort: port } = config;
    readers.push(await prometheusReader({ host, port, producer }));
  }
  const provider = new MeterProvider({
    resource,
    readers,
    views: tenantViews(sources.buckets),
  });
  return { provider, urls: readers.flatMap((reader) => urlOf(reader) ?? []) };
}

async function readersOf(
  settings: StandardSettings,
  resource: Resource,
  outbox: Outbox,
  { meters, producer, observe, self }: Sources,
): Promise<IMetricReader[]> {
  const readers: IMetricReader[] = [];
  for (const name of exporterNames(settings, 'METRICS')) {
    if (name === 'prometheus') {
      const { prometheusReader } = await import('./prometheus-reader.ts');
      const port = Number(settings.get('OTEL_EXPORTER_PROMETHEUS_PORT') ?? 9464);
      const host = settings.get('OTEL_EXPORTER_PROMETHEUS_HOST') ?? 'localhost';
      readers.push(await prometheusReader({ port, host, producer }));
    } else if (name === 'console') {
      readers.push(periodic(new ConsoleMetricExporter(), producer, 60_000, 30_000));
    } else if (otlpProtocol(settings, 'METRICS') === 'http/protobuf') {
      const exporting = (reader: PlainReader) => {
        const plain = async (waitMs: number) => {
          await observe();
          return reader.resourceMetrics(waitMs);
        };
        return ownMetricExport({ settings, meters, resource, outbox, plain, self });
      };
      readers.push(new PlainReader(exporting));
    } else {
      const { intervalMs, timeoutMs } = metricIntervals(settings);
      const exporter = await otlpExporter(settings, outbox, self);
      readers.push(periodic(exporter, producer, intervalMs, timeoutMs));
      if (exporter instanceof OtlpExporter) {
        outbox.addUnsent(() =>
          exporter.requestFor({ resource, scopeMetrics: meters.collectNow() }),
        );
      }
    }
  }
  return readers;
}

function urlOf(reader: IMetricReader): string | undefined {
  return (reader as { readonly url?: string }).url;
}

function periodic(
  exporter: PushMetricExporter,
  producer: MetricProducer,
  exportIntervalMillis: number,
  exportTimeoutMillis: number,
): IMetricReader {
  return new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis,
    exportTimeoutMillis,
    metricProducers: [producer],
  });
}

async function otlpExporter(
  settings: StandardSettings,
  outbox: Outbox,
  self: SelfMetrics | undefined,
): Promise<PushMetricExporter> {
  if (otlpProtocol(settings, 'METRICS') === 'grpc') {
    const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-grpc');
    return new OTLPMetricExporter({
      temporalityPreference: AggregationTemporality.CUMULATIVE,
      ...observedBy(self),
    });
  }
  const http = otlpHttpOptions('METRICS', 'http/json', settings);
  return new CumulativeOtlpExporter({
    http,
    serializer: JsonMetricsSerializer,
    limit: LIMIT,
    outbox,
    count: MetricsExporterMetricsHelper.countItems,
    metrics: self?.exporter('METRICS', 'http/json', http.url),
  });
}

class CumulativeOtlpExporter extends OtlpExporter<ResourceMetrics> implements PushMetricExporter {
  selectAggregationTemporality(): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }
}
