// Sends one of each with the real exporters: node send-all-signals.mjs proto|http [gzip]
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import {
  AggregationType,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const [, , flavour = 'proto'] = process.argv;
const [{ OTLPMetricExporter }, { OTLPTraceExporter }, { OTLPLogExporter }] = await Promise.all([
  import(`@opentelemetry/exporter-metrics-otlp-${flavour}`),
  import(`@opentelemetry/exporter-trace-otlp-${flavour}`),
  import(`@opentelemetry/exporter-logs-otlp-${flavour}`),
]);
const resource = resourceFromAttributes({ 'service.name': 'sender', 'service.replicas': 2 });

const meterProvider = new MeterProvider({
  resource,
  readers: [
    new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter(),
      exportIntervalMillis: 60_000,
    }),
  ],
  views: [
    {
      instrumentName: 'size',
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options: { maxSize: 20 } },
    },
  ],
});
const meter = meterProvider.getMeter('scope', '1.2.3');
const orders = meter.createCounter('orders', { unit: '{order}', description: 'Orders' });
orders.add(1, { status: 'paid', retry: false });
orders.add(2, { status: 'declined', retry: false });
meter.createGauge('ratio').record(0.25);
const duration = meter.createHistogram('duration', {
  unit: 's',
  advice: { explicitBucketBoundaries: [0.1, 1] },
});
duration.record(0.05);
duration.record(0.5);
duration.record(5);
const size = meter.createHistogram('size');
size.record(0);
size.record(4);
await meterProvider.forceFlush();
orders.add(4, { retry: false, status: 'paid' });

const tracerProvider = new TracerProvider({
  resource,
  spanProcessors: [new SimpleSpanProcessor({ exporter: new OTLPTraceExporter() })],
});
const tracer = tracerProvider.getTracer('scope');
const parent = tracer.startSpan('parent', { kind: SpanKind.SERVER, root: true });
const child = tracer.startSpan(
  'child',
  { attributes: { tags: ['a', 'b'], big: 7 } },
  trace.setSpan((await import('@opentelemetry/api')).ROOT_CONTEXT, parent),
);
child.addEvent('halfway', { percent: 50 });
child.setStatus({ code: SpanStatusCode.ERROR, message: 'broken' });
child.end();
parent.end();

const loggerProvider = new LoggerProvider({
  resource,
  processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter() })],
});
loggerProvider
  .getLogger('scope')
  .emit({ severityText: 'INFO', severityNumber: 9, body: { text: 'hello' }, attributes: { n: 1 } });

await Promise.all([meterProvider.shutdown(), tracerProvider.shutdown(), loggerProvider.shutdown()]);
console.log(`trace ${parent.spanContext().traceId}`);
