import { fileURLToPath } from 'node:url';
import { type OtlpReceiver, runProgram, startOtlpReceiver } from '@bellwether/testkit';
import { describe, expect, test } from 'vitest';

const program = (name: string) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));
const stock = new URL('programs/sdk-node-stock.mjs', import.meta.url).href;

/** What the program sends and prints under a preload. */
async function outcome(preload: string, env: Record<string, string>) {
  const receiver = await startOtlpReceiver();
  const run = runProgram({
    file: program('sdk-plain-api.mjs'),
    imports: [preload],
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      BELLWETHER_PREAMBLE: 'false',
      OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'runtime-node',
      ...Object.fromEntries(
        Object.entries(env).map(([key, value]) => [key, value.replace('URL', receiver.url)]),
      ),
    },
  });
  expect(await run.exited, run.stderr).toEqual({ code: 0, signal: null });
  expect(receiver.malformed).toEqual([]);
  return {
    carrier: run.stdout.split('\n')[0],
    requests: receiver.requests
      .map(({ signal, encoding, headers }) => [
        signal,
        encoding,
        headers['content-type'],
        headers['content-encoding'],
        headers.authorization,
        headers['x-extra'],
      ])
      .sort(),
    spans: receiver.spans().map((span) => ({
      name: span.name,
      kind: span.kind,
      isChild: span.parentSpanId !== undefined,
      attributes: span.attributes,
      events: span.events.map(({ name, attributes }) => ({ name, attributes })),
      scope: span.scope,
      service: serviceOf(span.resource),
    })),
    metrics: pointsOf(receiver),
    logs: receiver.logs().map(({ body, attributes, resource }) => ({
      body,
      attributes,
      service: serviceOf(resource),
    })),
  };
}

function pointsOf(receiver: OtlpReceiver) {
  return receiver
    .metrics()
    .filter(({ scope }) => scope.name === 'plain')
    .map(
      ({ name, unit, kind, temporality, monotonic, attributes, value, count, sum, ...rest }) => ({
        name,
        unit,
        kind,
        temporality,
        monotonic,
        attributes,
        value,
        count,
        sum,
        boundaries: rest.boundaries,
        service: serviceOf(rest.resource),
      }),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}

const serviceOf = (resource: Record<string, unknown>) => [
  resource['service.name'],
  resource['deployment.environment.name'],
  resource['telemetry.sdk.name'],
];

const settings: Record<string, string>[] = [
  {},
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
  { OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' },
  {
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc,x-extra=all',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-extra=traces',
  },
  {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'URL/v1/traces',
  },
  { OTEL_TRACES_SAMPLER: 'always_off' },
  { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
  { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '1' },
  { OTEL_TRACES_EXPORTER: 'none' },
  { OTEL_METRICS_EXPORTER: 'none' },
  { OTEL_LOGS_EXPORTER: 'none' },
  {
    OTEL_RESOURCE_ATTRIBUTES: 'service.name=a,deployment.environment.name=test%2C1',
    OTEL_SERVICE_NAME: 'b',
  },
  { OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '1', OTEL_SPAN_EVENT_COUNT_LIMIT: '1' },
  {
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '0',
    OTEL_SPAN_EVENT_COUNT_LIMIT: '0',
    OTEL_BSP_SCHEDULE_DELAY: '0',
  },
  { OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3' },
  { OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT: '1' },
  { OTEL_BSP_MAX_QUEUE_SIZE: '1', OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' },
  { OTEL_PROPAGATORS: 'b3' },
  { OTEL_PROPAGATORS: 'tracecontext,b3multi' },
  { OTEL_PROPAGATORS: 'none' },
  { OTEL_SDK_DISABLED: 'true' },
];

describe.each(settings)('%o', (env) => {
  test('means what it means for NodeSDK', async () => {
    const named = { OTEL_SERVICE_NAME: 'test', ...env };
    const [ours, upstream] = await Promise.all([
      outcome('@bellwether/sdk/register', named),
      outcome(stock, named),
    ]);
    // Baggage leaves for listed hosts only, whatever the propagators.
    upstream.carrier = upstream.carrier?.replace(/^baggage,?/, '');
    expect(ours).toEqual(upstream);
  });
});
