import type { Takeover } from '@bellwether/meters/runtime';
import { JsonMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { Resource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  ConsoleMetricExporter,
  type IMetricReader,
  type MetricProducer,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { StandardSettings } from '../config/read-standard.ts';
import { readyBytes } from '../otlp/ready-bytes.ts';
import { PlainReader } from '../otlp-metrics/plain-reader.ts';
import { exporterNames } from './exporter-names.ts';
import { OtlpExporter } from './otlp-exporter.ts';
import { otlpHttpOptions } from './otlp-http-options.ts';
import { otlpProtocol } from './otlp-protocol.ts';
import { OtlpSender } from './otlp-sender.ts';
import type { Outbox } from './outbox.ts';

/** A collection on its way and the last one at the end of the process: cumulative points need no longer queue. */
const LIMIT = 2;

/** The metric readers that the standard variables ask for. Each also reads the cells of the meters. */
export async function exportingMetricReaders(
  settings: StandardSettings,
  meters: Takeover,
  resource: Resource,
  outbox: Outbox,
): Promise<IMetricReader[]> {
  const { producer } = meters;
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
      const options = otlpHttpOptions('METRICS', 'http/protobuf', settings);
      const readAnswer = (answer: Uint8Array) => readyBytes.deserializeResponse(answer);
      const sender = new OtlpSender(options, readAnswer, outbox);
      const [intervalMs, timeoutMs] = intervals(settings);
      readers.push(new PlainReader({ meters, resource, sender, outbox, intervalMs, timeoutMs }));
    } else {
      const exporter = await otlpExporter(settings, outbox);
      readers.push(periodic(exporter, producer, ...intervals(settings)));
      if (exporter instanceof OtlpExporter) {
        outbox.addUnsent(() =>
          exporter.requestFor({ resource, scopeMetrics: meters.collectNow() }),
        );
      }
    }
  }
  return readers;
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

/** An export may not take longer than the time to the next one. */
function intervals(settings: StandardSettings): [interval: number, timeout: number] {
  const interval = Number(settings.get('OTEL_METRIC_EXPORT_INTERVAL') ?? 60_000);
  const timeout = Number(settings.get('OTEL_METRIC_EXPORT_TIMEOUT') ?? 30_000);
  return [interval, Math.min(timeout, interval)];
}

async function otlpExporter(
  settings: StandardSettings,
  outbox: Outbox,
): Promise<PushMetricExporter> {
  if (otlpProtocol(settings, 'METRICS') === 'grpc') {
    const { OTLPMetricExporter } = await import('@opentelemetry/exporter-metrics-otlp-grpc');
    return new OTLPMetricExporter({ temporalityPreference: AggregationTemporality.CUMULATIVE });
  }
  const options = otlpHttpOptions('METRICS', 'http/json', settings);
  return new CumulativeOtlpExporter(options, JsonMetricsSerializer, LIMIT, outbox);
}

class CumulativeOtlpExporter extends OtlpExporter<ResourceMetrics> implements PushMetricExporter {
  selectAggregationTemporality(): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }
}
