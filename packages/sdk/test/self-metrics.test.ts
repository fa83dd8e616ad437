import {
  type Fault,
  freePort,
  type OtlpReceiver,
  pollUntil,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { completeWithSdk, runWithSdk } from './run-with-sdk.ts';

const TIMES = 200;
/** In each turn a root, its child and one with a remote parent; one more never ends, one can't be written. */
const SPANS = 3 * TIMES + 2;

/** Queues that a burst fills. */
const small = {
  OTEL_METRIC_EXPORT_INTERVAL: '200',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_BSP_MAX_QUEUE_SIZE: '64',
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '16',
  OTEL_BLRP_SCHEDULE_DELAY: '50',
  OTEL_BLRP_MAX_QUEUE_SIZE: '64',
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: '16',
};

/** The sum of a metric's points, those that failed apart, by why. */
function totals(receiver: OtlpReceiver, name: string) {
  const points = receiver.points(name);
  const failed: Record<string, number> = {};
  let well = 0;
  for (const { attributes, value = 0 } of points) {
    const type = attributes['error.type'];
    if (type === undefined) well += value;
    else if (value > 0) failed[String(type)] = value;
  }
  const lost = Object.values(failed).reduce((sum, value) => sum + value, 0);
  return { well, failed, all: well + lost };
}

/** How many have come to an end: exported or not, or dropped before. */
function ended(receiver: OtlpReceiver, name: 'span' | 'log'): number {
  const { failed } = totals(receiver, `otel.sdk.processor.${name}.processed`);
  const dropped = (failed.queue_full ?? 0) + (failed.not_serializable ?? 0);
  return totals(receiver, `otel.sdk.exporter.${name}.exported`).all + dropped;
}

interface Run {
  readonly metrics: OtlpReceiver;
  readonly others: OtlpReceiver;
}

/** Runs the program until everything that it started has come to an end. Metrics go where all is well. */
async function settled(
  fault: Fault | 'down' | undefined,
  env: Record<string, string> = {},
): Promise<Run> {
  const metrics = await startOtlpReceiver();
  const others = await startOtlpReceiver();
  if (fault !== 'down') others.failWith(fault);
  const url = fault === 'down' ? `http://127.0.0.1:${await freePort()}` : others.url;
  const program = runWithSdk(metrics, {
    file: 'sdk-self-metrics.mjs',
    env: {
      ...small,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/v1/traces`,
      OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${url}/v1/logs`,
      ...env,
    },
  });
  await program.waitForLine(/each$/);
  await pollUntil(
    () =>
      totals(metrics, 'otel.sdk.span.live').all === 1 &&
      ended(metrics, 'span') === SPANS - 1 &&
      ended(metrics, 'log') === TIMES,
    { timeoutMs: 60_000 },
  );
  program.kill('SIGKILL');
  await program.exited;
  return { metrics, others };
}

const within = (ms: number) => ({ OTEL_EXPORTER_OTLP_TIMEOUT: String(ms) });
const cases: [
  name: string,
  fault: Fault | 'down' | undefined,
  failure: string | undefined,
  env: Record<string, string>,
][] = [
  ['up', undefined, undefined, {}],
  ['down', 'down', 'ECONNREFUSED', within(2_000)],
  ['hung', 'hang', 'timeout', within(500)],
  ['answering 400', 400, '400', {}],
  ['answering 413', 413, '413', {}],
  ['answering 500', 500, '500', {}],
  ['answering 429', 429, '429', within(2_000)],
  ['answering 503', 503, '503', within(2_000)],
  ['refusing a part', { rejects: 3 }, 'rejected', {}],
];
/** What a busy machine may add. */
const slow = ['too_many_exports', 'timeout'];

test.concurrent.each(cases)(
  'a Collector that is %s: what arrived, failed and was dropped is what was started',
  async (_name, fault, failure, env) => {
    const { metrics, others } = await settled(fault, env);
    const started = metrics.points('otel.sdk.span.started');
    const by = (origin: string, result: string) =>
      started.find(
        ({ attributes }) =>
          attributes['otel.span.parent.origin'] === origin &&
          attributes['otel.span.sampling_result'] === result,
      )?.value;
    expect(by('none', 'RECORD_AND_SAMPLE')).toBe(TIMES + 2);
    expect(by('local', 'RECORD_AND_SAMPLE')).toBe(TIMES);
    expect(by('remote', 'RECORD_AND_SAMPLE')).toBe(TIMES);
    expect(by('local', 'DROP')).toBe(TIMES);
    expect(by('remote', 'DROP')).toBe(TIMES);

    for (const [name, made, arrived] of [
      ['span', SPANS - 1, others.spans().length],
      ['log', TIMES, others.logs().length],
    ] as const) {
      const processed = totals(metrics, `otel.sdk.processor.${name}.processed`);
      const exported = totals(metrics, `otel.sdk.exporter.${name}.exported`);
      // The burst is more than the queue holds.
      expect(Object.keys(processed.failed)).toContain('queue_full');
      const types = Object.keys(exported.failed).filter((type) => !slow.includes(type));
      expect(types).toEqual(failure === undefined || slow.includes(failure) ? [] : [failure]);
      expect(exported.well + (exported.failed.rejected ?? 0)).toBe(arrived);
      expect(processed.all).toBe(made);
      expect(processed.failed.not_serializable).toBe(name === 'span' ? 1 : undefined);
      expect(totals(metrics, `otel.sdk.exporter.${name}.inflight`).all).toBe(0);
      expect(totals(metrics, `otel.sdk.processor.${name}.queue.size`).all).toBe(0);
      expect(totals(metrics, `otel.sdk.processor.${name}.queue.capacity`).all).toBe(64);
      if (failure !== undefined) expect(exported.failed[failure]).toBeGreaterThan(0);
    }
    expect(totals(metrics, 'otel.sdk.log.created').all).toBe(TIMES);
  },
);

const component = (type: string) => ({
  'otel.component.type': type,
  'otel.component.name': `${type}/0`,
});

test('names, units and attributes are those of the semantic conventions, and series few', async () => {
  const { metrics, others } = await settled(undefined);
  const server = { 'server.address': '127.0.0.1', 'server.port': others.port };
  const expected: [name: string, unit: string, attributes: object][] = [
    ['otel.sdk.span.live', '{span}', { 'otel.span.sampling_result': 'RECORD_AND_SAMPLE' }],
    ['otel.sdk.processor.span.queue.size', '{span}', component('batching_span_processor')],
    ['otel.sdk.processor.log.queue.size', '{log_record}', component('batching_log_processor')],
    [
      'otel.sdk.exporter.span.exported',
      '{span}',
      { ...component('otlp_http_span_exporter'), ...server },
    ],
    [
      'otel.sdk.exporter.log.exported',
      '{log_record}',
      { ...component('otlp_http_log_exporter'), ...server },
    ],
    [
      'otel.sdk.exporter.metric_data_point.exported',
      '{data_point}',
      {
        ...component('otlp_http_metric_exporter'),
        'server.address': '127.0.0.1',
        'server.port': metrics.port,
      },
    ],
    ['otel.sdk.metric_reader.collection.duration', 's', component('periodic_metric_reader')],
    [
      'otel.sdk.exporter.operation.duration',
      's',
      {
        ...component('otlp_http_span_exporter'),
        ...server,
        'http.response.status_code': 200,
      },
    ],
  ];
  for (const [name, unit, attributes] of expected) {
    const points = metrics.points(name);
    expect(
      points.map((point) => point.attributes),
      name,
    ).toContainEqual(attributes);
    for (const point of points) expect(point.unit, name).toBe(unit);
  }
  const own = metrics.metrics().filter(({ name }) => name.startsWith('otel.sdk.'));
  expect(own.length, own.map(({ name }) => name).join(' ')).toBeLessThanOrEqual(32);
  // What one export had, the next one says.
  const [exported] = metrics.history('otel.sdk.exporter.metric_data_point.exported').slice(-1);
  const sent = metrics
    .history('otel.sdk.exporter.metric_data_point.exported')
    .filter(({ time }) => time < (exported?.time ?? 0n));
  expect(exported?.value).toBeGreaterThan(10 * sent.length);
});

test('over JSON, by way of upstream, the same is counted', async () => {
  const { metrics, others } = await settled(400, { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' });
  const exported = metrics.points('otel.sdk.exporter.span.exported');
  const types = exported.map(({ attributes }) => attributes['otel.component.type']);
  expect(new Set(types)).toEqual(new Set(['otlp_http_json_span_exporter']));
  expect(others.requests.some(({ encoding }) => encoding === 'protobuf')).toBe(false);
  expect(totals(metrics, 'otel.sdk.exporter.span.exported').failed['400']).toBeGreaterThan(0);
});

test('BELLWETHER_SELF_METRICS=false: none', async () => {
  const receiver = await startOtlpReceiver();
  await completeWithSdk(receiver, {
    file: 'sdk-hello.mjs',
    env: { BELLWETHER_SELF_METRICS: 'false' },
  });
  expect(receiver.metrics().length).toBeGreaterThan(0);
  expect(receiver.metrics().filter(({ name }) => name.startsWith('otel.sdk.'))).toEqual([]);
});
