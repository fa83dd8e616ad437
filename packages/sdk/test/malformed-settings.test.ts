import { startOtlpReceiver } from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk } from './run-with-sdk.ts';

const malformed: Readonly<Record<string, string>> = {
  BELLWETHER_ENABLED: 'maybe',
  BELLWETHER_PREAMBLE: 'no',
  BELLWETHER_FLUSH_TIMEOUT: '2s',
  BELLWETHER_TENANT_BUDGET: '0',
  BELLWETHER_TENANT_PATTERN: '(',
  BELLWETHER_TENANT_MAX_LENGTH: '1e9',
  BELLWETHER_TENANT_IDLE: '-1',
  BELLWETHER_METRICS_PORT: '65536',
  BELLWETHER_EXPRESS_LAYERS: '1',
  BELLWETHER_BAGGAGE_HOSTS: 'http://user:s3cret@orders',
  OTEL_SDK_DISABLED: 'perhaps',
  OTEL_LOG_LEVEL: 'loud',
  OTEL_RESOURCE_ATTRIBUTES: 's3cret',
  OTEL_NODE_RESOURCE_DETECTORS: 'env,crystal',
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'http,htpp',
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'nosuch',
  OTEL_TRACES_EXPORTER: 'jaeger',
  OTEL_METRICS_EXPORTER: 'statsd',
  OTEL_LOGS_EXPORTER: 'file',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'http/xml',
  OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'udp',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'user:s3cret@collector:4318',
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'collector',
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'ftp://collector/?key=s3cret',
  OTEL_EXPORTER_OTLP_HEADERS: 'x-good=1,s3cret,bad name=s3cret,x-break=s3cret%0Anext',
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: '=s3cret',
  OTEL_EXPORTER_OTLP_CERTIFICATE: '/no/such/ca.pem',
  OTEL_EXPORTER_OTLP_TRACES_CLIENT_KEY: '/no/such/key.pem',
  OTEL_EXPORTER_OTLP_TIMEOUT: 'soon',
  OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '0',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'zip',
  OTEL_EXPORTER_OTLP_LOGS_COMPRESSION: 'brotli',
  OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  OTEL_EXPORTER_PROMETHEUS_PORT: 'abc',
  OTEL_METRIC_EXPORT_INTERVAL: '1e12',
  OTEL_METRIC_EXPORT_TIMEOUT: '0.5',
  OTEL_BSP_SCHEDULE_DELAY: '-1',
  OTEL_BSP_MAX_QUEUE_SIZE: 'Infinity',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1.5',
  OTEL_BLRP_MAX_QUEUE_SIZE: 'NaN',
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: 'few',
  OTEL_TRACES_SAMPLER: 'sometimes',
  OTEL_TRACES_SAMPLER_ARG: '2',
  OTEL_PROPAGATORS: 'pigeon',
};

test('all settings malformed: one line each without secrets, and everything is delivered', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-steady.mjs',
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...malformed },
  });
  expect(program.stdout).toBe('done\n');
  const lines = program.stderr.trim().split('\n');
  const [preamble = '{}'] = lines.splice(
    lines.findIndex((line) => line.startsWith('{')),
    1,
  );
  expect(program.stderr).not.toContain('s3cret');
  expect(JSON.parse(preamble)).toMatchObject({ msg: 'bellwether started' });
  for (const line of lines) {
    expect(line).toMatch(/^bellwether: Expected .+ to be .+, got ".+"; .+\. \[ERR_CONFIG_VALUE]$/);
  }
  const named = lines.map((line) => line.match(/[A-Z]+_[A-Z_]+(?= to be)/)?.[0]);
  expect(named.sort()).toEqual(Object.keys(malformed).sort());

  expect(receiver.points('steady.beats').map(({ value }) => value)).toEqual([1]);
  expect(receiver.spans({ name: 'beat' })).toHaveLength(1);
  expect(receiver.logs()).toHaveLength(1);
  expect(receiver.requests[0]?.headers).toMatchObject({ 'x-good': '1' });
  expect(receiver.requests[0]?.headers).not.toHaveProperty('x-break');
  const [point] = receiver.points('steady.beats');
  expect(point?.temporality).toBe('cumulative');
  expect(point?.resource['service.name']).toBe('test');
});

test('secrets stay secret at every log level, in lines and in the preamble', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-steady.mjs',
    env: {
      BELLWETHER_PREAMBLE: 'true',
      BELLWETHER_TENANT_ALLOW_LIST: 's3cret-customer',
      OTEL_LOG_LEVEL: 'all',
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url.replace('//', '//user:s3cret@'),
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20s3cret,s3cret',
    },
  });
  expect(program.stderr).not.toContain('s3cret');
  expect(receiver.points('steady.beats')).toHaveLength(1);
});

test('a base address that is malformed is replaced by the default, not used', async () => {
  const receiver = await startOtlpReceiver();
  const program = await completeWithSdk(receiver, {
    file: 'sdk-steady.mjs',
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'htp://user:s3cret@collector',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces`,
    },
  });
  expect(program.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/ENDPOINT to be .*; http:\/\/localhost:4318 is used/),
  ]);
  expect(program.stderr).not.toContain('s3cret');
  expect(receiver.spans()).toHaveLength(1);
});
