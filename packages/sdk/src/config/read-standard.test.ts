import { expect, test } from 'vitest';
import { formatProblem } from './problem.ts';
import { readStandard } from './read-standard.ts';

test('usable values are kept as they are', () => {
  const env = {
    OTEL_SERVICE_NAME: ' shop ',
    OTEL_TRACES_EXPORTER: 'otlp,console',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector:4318/base',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'Cumulative',
    OTEL_LOG_LEVEL: 'debug',
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
