import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { readStandard } from './read-standard.ts';

test('usable values are kept as they are', () => {
  const env = {
    OTEL_SERVICE_NAME: ' shop ',
    OTEL_TRACES_EXPORTER: 'otlp,console',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/base',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'cumulative',
    OTEL_LOG_LEVEL: 'DEBUG',
    OTEL_RESOURCE_ATTRIBUTES: 'a=b%2C,deployment.environment.name=prod',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_TRACES_SAMPLER_ARG: '0.5',
    OTEL_EXPORTER_OTLP_HEADERS: '',
  };
  const { settings, problems } = readStandard(env);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(settings)).toEqual({
    ...env,
    OTEL_SERVICE_NAME: 'shop',
    OTEL_EXPORTER_OTLP_HEADERS: undefined,
  });
});

test.each([
  ['OTEL_TRACES_SAMPLER', 'Always_OFF', 'always_off'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'GRPC', 'grpc'],
  ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'HTTP/JSON', 'http/json'],
  ['OTEL_EXPORTER_OTLP_COMPRESSION', 'GZip', 'gzip'],
  ['OTEL_LOG_LEVEL', 'debug', 'DEBUG'],
])('%s=%s is %s', (variable, value, meant) => {
  const { settings, problems } = readStandard({ [variable]: value });
  expect(problems).toEqual([]);
  expect(settings.get(variable)).toBe(meant);
});

test.each([
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_BLRP_SCHEDULE_DELAY',
  'OTEL_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT',
  'OTEL_SPAN_EVENT_COUNT_LIMIT',
  'OTEL_SPAN_LINK_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
  'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT',
  'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
])('%s may be 0', (variable) => {
  const { settings, problems } = readStandard({ [variable]: '0' });
  expect(problems).toEqual([]);
  expect(settings.get(variable)).toBe('0');
});

test.each([
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'delta', 'cumulative is used'],
  ['OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE', 'lowmemory', 'cumulative is used'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/xml', 'http/protobuf is used'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector', 'http://localhost:4318 is used'],
  ['OTEL_TRACES_EXPORTER', 'jaeger', 'otlp is used'],
  ['OTEL_TRACES_SAMPLER', 'sometimes', 'parentbased_always_on is used'],
  ['OTEL_TRACES_SAMPLER_ARG', '2', '1 is used'],
  ['OTEL_BSP_MAX_QUEUE_SIZE', 'many', '2048 is used'],
  ['OTEL_METRIC_EXPORT_INTERVAL', '-5', '60000 is used'],
  ['OTEL_SDK_DISABLED', 'maybe', 'false is used'],
  ['OTEL_LOG_LEVEL', 'loud', 'WARN is used'],
  ['OTEL_PROPAGATORS', 'pigeon', 'tracecontext,baggage is used'],
])('%s=%s is one line', (variable, value, instead) => {
  const { settings, problems } = readStandard({ [variable]: value });
  expect(settings.has(variable)).toBe(false);
  const lines = problems.map(formatProblem);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(variable);
  expect(lines[0]).toContain(value);
  expect(lines[0]).toContain(instead);
});

test('a header without a value is malformed', () => {
  const { problems } = readStandard({ OTEL_EXPORTER_OTLP_HEADERS: 'x-good=1,authorization' });
  expect(problems).toHaveLength(1);
});

test('what may be a secret is not quoted', () => {
  const { problems } = readStandard({ OTEL_RESOURCE_ATTRIBUTES: 'token' });
  expect(problems.map(formatProblem).join()).toContain('[redacted]');
});

test('an endpoint for gRPC may have no scheme', () => {
  const env = {
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317',
  };
  expect(readStandard(env).problems).toEqual([]);
});
