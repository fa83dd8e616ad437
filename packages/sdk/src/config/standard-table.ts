import { longTail } from '../instrumentations/long-tail-table.ts';

/**
 * The standard variables whose values we check and print. Their meaning is OpenTelemetry's:
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export interface StandardRow {
  readonly name: string;
  readonly accepts:
    | { readonly kind: 'boolean' | 'url' | 'attributes' | 'headers' | 'ratio' | 'file' | 'text' }
    | { readonly kind: 'milliseconds' | 'delay' | 'count' | 'limit' | 'port' }
    | { readonly kind: 'one' | 'list' | 'names'; readonly of: readonly string[] };
  /** What is used when the variable is unset, or its value is wrong. */
  readonly default: string;
  /** What happens with a wrong value that is used as far as it goes. Unset: the default takes its place. */
  readonly instead?: string;
  /** False: may hold a secret, so it is never printed. */
  readonly printable: boolean;
  readonly meaning: string;
}

const instrumentationNames = [
  ...['http', 'undici', 'express', 'redis', 'ioredis', 'pg', 'prisma', 'runtime-node'],
  ...['fastify', 'next', 'ws', 'bullmq', 'mariadb', 'mysql2'],
  ...longTail.map(({ name }) => name),
];
const exporters = ['otlp', 'console', 'none'];
const protocols = ['http/protobuf', 'http/json', 'grpc'];
const number = (
  kind: 'milliseconds' | 'delay' | 'count' | 'limit' | 'port',
  name: string,
  fallback: string,
  meaning: string,
) => ({ name, accepts: { kind }, default: fallback, printable: true, meaning }) as const;
const oneOf = (name: string, of: readonly string[], fallback: string, meaning: string) =>
  ({ name, accepts: { kind: 'one', of }, default: fallback, printable: true, meaning }) as const;
const listOf = (name: string, of: readonly string[], fallback: string, meaning: string) =>
  ({ name, accepts: { kind: 'list', of }, default: fallback, printable: true, meaning }) as const;
const url = (name: string, fallback: string, meaning: string) =>
  ({ name, accepts: { kind: 'url' }, default: fallback, printable: true, meaning }) as const;
const text = (name: string, fallback: string, printable: boolean, meaning: string) =>
  ({ name, accepts: { kind: 'text' }, default: fallback, printable, meaning }) as const;

const names = (name: string, of: readonly string[], fallback: string, meaning: string) =>
  ({
    name,
    accepts: { kind: 'names', of },
    default: fallback,
    instead: 'what is unknown in it is ignored',
    printable: true,
    meaning,
  }) as const;
const file = (name: string, meaning: string): StandardRow => ({
  name,
  accepts: { kind: 'file' },
  default: 'none',
  instead: 'the export goes on without',
  printable: true,
  meaning,
});
const headers = (name: string, fallback: string, meaning: string) =>
  ({
    name,
    accepts: { kind: 'headers' },
    default: fallback,
    instead: 'what is malformed in it is left out',
    printable: false,
    meaning,
  }) as const;

export const standardTable: readonly StandardRow[] = [
  {
    name: 'OTEL_SDK_DISABLED',
    accepts: { kind: 'boolean' },
    default: 'false',
    printable: true,
    meaning: 'Starts nothing.',
  },
  text(
    'OTEL_CONFIG_FILE',
    'unset',
    true,
    'A declarative configuration file; it replaces the other `OTEL_*` variables.',
  ),
  oneOf(
    'OTEL_LOG_LEVEL',
    ['NONE', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'VERBOSE', 'ALL'],
    'WARN',
    'From which level the SDK speaks of itself, on stderr.',
  ),
  text('OTEL_SERVICE_NAME', 'name in the nearest package.json', true, 'The name of the service.'),
  {
    name: 'OTEL_RESOURCE_ATTRIBUTES',
    accepts: { kind: 'attributes' },
    default: 'no attributes',
    printable: false,
    meaning: 'Attributes of the resource: `key=value`, comma-separated, percent-encoded.',
  },
  names(
    'OTEL_NODE_RESOURCE_DETECTORS',
    [
      ...['process', 'host', 'os', 'env', 'container', 'serviceinstance'],
      ...['alibaba', 'aws', 'azure', 'gcp', 'all', 'none'],
    ],
    'process,host,os,env',
    'Which upstream resource detectors run.',
  ),
  listOf('OTEL_TRACES_EXPORTER', [...exporters, 'zipkin'], 'otlp', 'Where spans go.'),
  listOf('OTEL_METRICS_EXPORTER', [...exporters, 'prometheus'], 'otlp', 'Where metrics go.'),
  listOf('OTEL_LOGS_EXPORTER', exporters, 'otlp', 'Where log records go.'),
  oneOf('OTEL_EXPORTER_OTLP_PROTOCOL', protocols, 'http/protobuf', 'How telemetry travels.'),
  oneOf('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', protocols, 'http/protobuf', 'The same, for spans.'),
  oneOf(
    'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL',
    protocols,
    'http/protobuf',
    'The same, for metrics.',
  ),
  oneOf('OTEL_EXPORTER_OTLP_LOGS_PROTOCOL', protocols, 'http/protobuf', 'The same, for logs.'),
  url('OTEL_EXPORTER_OTLP_ENDPOINT', 'http://localhost:4318', 'The base address of the Collector.'),
  url('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'base + /v1/traces', 'The full address for spans.'),
  url('OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'base + /v1/metrics', 'The full address for metrics.'),
  url('OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', 'base + /v1/logs', 'The full address for logs.'),
  headers('OTEL_EXPORTER_OTLP_HEADERS', 'none', 'Headers of every export, such as a token.'),
  ...perSignal((signal, what) =>
    headers(`OTEL_EXPORTER_OTLP_${signal}_HEADERS`, 'none', `More headers, for ${what}.`),
  ),
  ...['', 'TRACES_', 'METRICS_', 'LOGS_'].flatMap((signal) => [
    file(`OTEL_EXPORTER_OTLP_${signal}CERTIFICATE`, 'The certificates to trust, in PEM.'),
    file(`OTEL_EXPORTER_OTLP_${signal}CLIENT_CERTIFICATE`, 'Our own certificate, in PEM.'),
    file(`OTEL_EXPORTER_OTLP_${signal}CLIENT_KEY`, 'The key of our own certificate, in PEM.'),
  ]),
  number('milliseconds', 'OTEL_EXPORTER_OTLP_TIMEOUT', '10000', 'How long one export may take.'),
  ...perSignal((signal, what) =>
    number(
      'milliseconds',
      `OTEL_EXPORTER_OTLP_${signal}_TIMEOUT`,
      'that of all',
      `The same, for ${what}.`,
    ),
  ),
  oneOf('OTEL_EXPORTER_OTLP_COMPRESSION', ['gzip', 'none'], 'none', 'Compression of exports.'),
  ...perSignal((signal, what) =>
    oneOf(
      `OTEL_EXPORTER_OTLP_${signal}_COMPRESSION`,
      ['gzip', 'none'],
      'that of all',
      `The same, for ${what}.`,
    ),
  ),
  number(
    'port',
    'OTEL_EXPORTER_PROMETHEUS_PORT',
    '9464',
    'The port of `/metrics` with `OTEL_METRICS_EXPORTER=prometheus`; 0 takes a free one.',
  ),
  text('OTEL_EXPORTER_PROMETHEUS_HOST', 'localhost', true, 'The address on which it listens.'),
  oneOf(
    'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE',
    ['cumulative'],
    'cumulative',
    'Only `cumulative`: one delta point makes Prometheus refuse everything that arrives with it.',
  ),
  oneOf(
    'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION',
    ['explicit_bucket_histogram', 'base2_exponential_bucket_histogram'],
    'explicit_bucket_histogram',
    'Buckets of histograms: those that each declares, or exponential ones, which become native histograms of Prometheus.',
  ),
  number(
    'milliseconds',
    'OTEL_METRIC_EXPORT_INTERVAL',
    '60000',
    'Time between two exports of metrics.',
  ),
  number('milliseconds', 'OTEL_METRIC_EXPORT_TIMEOUT', '30000', 'How long one of them may take.'),
  number('delay', 'OTEL_BSP_SCHEDULE_DELAY', '5000', 'Time between two exports of spans.'),
  number('milliseconds', 'OTEL_BSP_EXPORT_TIMEOUT', '30000', 'How long one of them may take.'),
  number('count', 'OTEL_BSP_MAX_QUEUE_SIZE', '2048', 'Spans that wait at most; more are dropped.'),
  number('count', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '512', 'Spans in one export at most.'),
  number('delay', 'OTEL_BLRP_SCHEDULE_DELAY', '1000', 'Time between two exports of logs.'),
  number('milliseconds', 'OTEL_BLRP_EXPORT_TIMEOUT', '30000', 'How long one of them may take.'),
  number('count', 'OTEL_BLRP_MAX_QUEUE_SIZE', '2048', 'Log records that wait at most.'),
  number('count', 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '512', 'Log records in one export at most.'),
  number(
    'limit',
    'OTEL_ATTRIBUTE_COUNT_LIMIT',
    '128',
    'Attributes of one span or log record at most.',
  ),
  number(
    'count',
    'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'no limit',
    'Characters of one attribute value at most.',
  ),
  number('limit', 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '128', 'Attributes of one span at most.'),
  number(
    'count',
    'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'no limit',
    'Characters of one value on a span at most.',
  ),
  number('limit', 'OTEL_SPAN_EVENT_COUNT_LIMIT', '128', 'Events of one span at most.'),
  number('limit', 'OTEL_SPAN_LINK_COUNT_LIMIT', '128', 'Links of one span at most.'),
  number(
    'limit',
    'OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT',
    '128',
    'Attributes of one event at most.',
  ),
  number(
    'limit',
    'OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT',
    '128',
    'Attributes of one link at most.',
  ),
  number(
    'limit',
    'OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT',
    '128',
    'Attributes of one log record at most.',
  ),
  number(
    'count',
    'OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT',
    'no limit',
    'Characters of one value on a log record at most.',
  ),
  oneOf(
    'OTEL_TRACES_SAMPLER',
    [
      'always_on',
      'always_off',
      'traceidratio',
      'parentbased_always_on',
      'parentbased_always_off',
      'parentbased_traceidratio',
    ],
    'parentbased_always_on',
    'Which traces are recorded.',
  ),
  {
    name: 'OTEL_TRACES_SAMPLER_ARG',
    accepts: { kind: 'ratio' },
    default: '1',
    printable: true,
    meaning: 'The ratio for the `traceidratio` samplers.',
  },
  listOf(
    'OTEL_PROPAGATORS',
    ['tracecontext', 'baggage', 'b3', 'b3multi', 'none'],
    'tracecontext,baggage',
    'How a trace travels between services.',
  ),
  ...[
    ['SERVER_REQUEST', 'requests that come in'],
    ['SERVER_RESPONSE', 'their responses'],
    ['CLIENT_REQUEST', 'requests that go out'],
    ['CLIENT_RESPONSE', 'their responses'],
  ].map(([side, what]) =>
    text(
      `OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_${side}`,
      'none',
      true,
      `Headers of ${what} that spans show, comma-separated. What is called like a secret (\`authorization\`, \`cookie\`) is \`REDACTED\` all the same.`,
    ),
  ),
  names(
    'OTEL_NODE_ENABLED_INSTRUMENTATIONS',
    instrumentationNames,
    'all but dns, fs, host-metrics, net and router',
    'The only instrumentations to use, by short name (`http,pg`).',
  ),
  names(
    'OTEL_NODE_DISABLED_INSTRUMENTATIONS',
    instrumentationNames,
    'none',
    'Instrumentations to leave out.',
  ),
];

function perSignal(row: (signal: string, what: string) => StandardRow): StandardRow[] {
  return [row('TRACES', 'spans'), row('METRICS', 'metrics'), row('LOGS', 'logs')];
}
