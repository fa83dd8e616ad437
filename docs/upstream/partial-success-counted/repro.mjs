// One span to a Collector that takes the request and rejects the span. See README.md
import { once } from 'node:events';
import { createServer } from 'node:http';
import { ExporterMetrics } from '@opentelemetry/otlp-exporter-base';
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { JsonTraceSerializer, TraceExporterMetricsHelper } from '@opentelemetry/otlp-transformer';

if (ExporterMetrics === undefined) throw new Error('Expected upstream to measure its exporters');
const answer = JSON.stringify({ partialSuccess: { rejectedSpans: '1', errorMessage: 'no' } });
const collector = createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
}).listen(0, '127.0.0.1');
await once(collector, 'listening');

const counted = [];
const instrument = (name) => ({
  add: (value, attributes) => counted.push({ name, value, error: attributes['error.type'] }),
  record() {},
});
const meter = {
  createCounter: instrument,
  createUpDownCounter: () => ({ add() {} }),
  createHistogram: instrument,
};
const url = `http://127.0.0.1:${collector.address().port}/v1/traces`;
const exporter = createOtlpHttpExportDelegate(
  convertLegacyHttpOptions({ url }, 'TRACES', 'v1/traces', { 'Content-Type': 'application/json' }),
  {
    serializeRequest: () => Buffer.from('{}'),
    deserializeResponse: JsonTraceSerializer.deserializeResponse,
  },
  'otlp_http_json_span_exporter',
  { ...TraceExporterMetricsHelper, countItems: () => 1 },
  { getMeter: () => meter },
);
await new Promise((resolve) => exporter.export([], resolve));
await exporter.shutdown();
collector.close();
console.log(JSON.stringify(counted));
process.exitCode = counted.some(({ value, error }) => value === 1 && error === undefined) ? 0 : 1;
