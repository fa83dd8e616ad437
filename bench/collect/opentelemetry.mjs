import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { boundaries, forEachSeries } from './series.mjs';

/** @opentelemetry/sdk-metrics with its OTLP exporter, and a cardinality limit that does not fold. */
export async function setUp({ kind, endpoint }) {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url: `${endpoint}/v1/metrics` }),
    exportIntervalMillis: 3_600_000,
  });
  const view = { instrumentName: '*', aggregationCardinalityLimit: 1_000_000 };
  const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM };
  const views = [kind === 'exponential' ? { ...view, aggregation } : view];
  const provider = new MeterProvider({ readers: [reader], views });
  const meter = provider.getMeter('bench');
  const sum = kind === 'counter' ? meter.createCounter('orders') : undefined;
  const histogram = meter.createHistogram('time', {
    advice: { explicitBucketBoundaries: boundaries },
  });
  const record = (tenant, status, channel, value) => {
    const attributes = { status, currency: 'EUR', channel, 'tenant.id': tenant };
    if (sum) sum.add(value, attributes);
    else histogram.record(value, attributes);
  };
  return {
    record: (names, round) => forEachSeries(names, round, record),
    export: () => provider.forceFlush(),
    collect: async () => {
      const { resourceMetrics } = await reader.collect();
      return ProtobufMetricsSerializer.serializeRequest(resourceMetrics).length;
    },
    end: () => provider.shutdown(),
  };
}
