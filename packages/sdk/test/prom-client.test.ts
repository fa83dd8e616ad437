import {
  type MetricPoint,
  type OtlpReceiver,
  pollUntil,
  startOtlpReceiver,
} from '@bellwether/testkit';
import { expect, test } from 'vitest';
import { runWithSdk } from './run-with-sdk.ts';

const file = 'prom-client.mjs';
const SCOPE = '@bellwether/sdk/prom-client';
const WAIT = { timeoutMs: 60_000 };

async function start(receiver: OtlpReceiver, env: Readonly<Record<string, string>> = {}) {
  const program = runWithSdk(receiver, {
    file,
    timeoutMs: 150_000,
    env: { OTEL_METRIC_EXPORT_INTERVAL: '1000', ...env },
  });
  const [, port] = await program.waitForLine(/port (\d+)/);
  const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  return { program, ask };
}

const brief = ({ name, kind, monotonic, attributes, value, count }: MetricPoint) =>
  `${name} ${monotonic ? 'counter' : kind} ${JSON.stringify(attributes)} ${value ?? count}`;

/** What it says of registries: a machine under load is said to be slow besides. */
const warnings = (stderr: string) =>
  stderr
    .split('\n')
    .filter((line) => line.includes('ERR_PROM_CLIENT'))
    .sort();

/** The newest point of every series. */
const latest = (receiver: OtlpReceiver) =>
  receiver.metrics().filter(({ scope }) => scope.name === SCOPE);

test.each(['prom-client', 'prom-client14'])(
  '%s: names, labels, types, help and values of a registry leave as they are',
  async (version) => {
    const receiver = await startOtlpReceiver();
    const { program } = await start(receiver, { PROM_CLIENT: version });
    await pollUntil(() => latest(receiver).length >= 9, WAIT);
    const points = latest(receiver);
    expect(points.map(brief).sort()).toEqual(
      [
        'carts_open gauge {"shop":"one","app":"shop"} 7',
        'carts_open gauge {"shop":"zwei ü \\"q\\" \\\\ \\n","app":"shop"} -1.5',
        'checkout_duration_seconds histogram {"step":"pay","app":"shop"} 4',
        'mails sum {"app":"shop"} 2',
        'never_seconds histogram {"app":"shop"} 0',
        'orders_placed_total counter {"status":"200","tenant_id":"acme","app":"shop"} 0.5',
        'orders_placed_total counter {"status":"paid","tenant_id":"acme","app":"shop","exported_job":"night"} 3',
        'rpc_seconds summary {"to":"auth","app":"shop"} 100',
        'second_registry gauge {} 3',
      ].sort(),
    );
    const [checkout] = points.filter(({ name }) => name === 'checkout_duration_seconds');
    expect(checkout).toMatchObject({
      description: 'Time to check out',
      unit: '',
      boundaries: [0.1, 1, 2.5],
      buckets: [1, 1, 1, 1],
      sum: 0.05 + 0.5 + 2 + 99,
      temporality: 'cumulative',
    });
    const [rpc] = points.filter(({ name }) => name === 'rpc_seconds');
    expect(rpc?.sum).toBe(5_050);
    expect(Object.keys(rpc?.quantiles ?? {})).toEqual(['0.5', '0.99']);
    program.kill();
    await program.exited;
    expect(warnings(program.stderr)).toEqual([]);
  },
  180_000,
);

test('a reset starts anew, and a series that is gone is said to end', async () => {
  const receiver = await startOtlpReceiver();
  const { program, ask } = await start(receiver);
  const orders = () => receiver.history('orders_placed_total', { exported_job: 'night' });
  await pollUntil(() => orders().length >= 2, WAIT);
  const [first, again] = orders();
  expect(first?.startTime).toBe(again?.startTime);
  expect(first?.startTime).toBeLessThan(first?.time ?? 0n);

  await ask('/reset');
  const afterReset = await pollUntil(() => orders().find(({ value }) => value === 1), WAIT);
  const lastBefore = orders().findLast(({ value }) => value === 3);
  expect(afterReset.startTime).toBeGreaterThan(lastBefore?.time ?? 0n);
  expect(afterReset.startTime).toBeLessThan(afterReset.time);
  const times = receiver.history('checkout_duration_seconds');
  expect(new Set(times.map(({ startTime }) => startTime)).size).toBe(2);

  await ask('/remove');
  const ended = () =>
    ['carts_open', 'mails', 'orders_placed_total']
      .flatMap((name) => receiver.history(name))
      .filter(({ ended: end }) => end)
      .map(({ name, attributes }) => `${name} ${attributes.shop ?? ''}`);
  await pollUntil(() => ended().length >= 3, WAIT);
  expect(ended().sort()).toEqual(['carts_open one', 'mails ', 'orders_placed_total ']);
  program.kill();
  await program.exited;
  // Once each.
  expect(ended()).toHaveLength(3);
}, 180_000);

test('what throws, hangs or is too much is named once, and hurts nobody', async () => {
  const receiver = await startOtlpReceiver();
  const { program, ask } = await start(receiver, { HOSTILE: '1' });
  const good = () => receiver.history('second_registry');
  await pollUntil(() => good().length >= 4, WAIT);
  expect(receiver.points('throws')).toEqual([]);
  expect(receiver.points('hangs')).toEqual([]);
  expect(receiver.points('many')).toEqual([]);
  expect(receiver.history('orders_placed_total').length).toBeGreaterThanOrEqual(4);
  expect(await ask('/reset')).toBe('done');
  program.kill();
  expect((await program.exited).code).toBe(0);
  expect(warnings(program.stderr)).toEqual([
    expect.stringContaining('double__name arrives in Prometheus as double_name'),
    expect.stringContaining('hangs was left out of an export: its collect() takes longer'),
    expect.stringContaining('many was left out of an export: Expected at most 100 series'),
    expect.stringContaining('rejects was left out of an export: no database'),
    expect.stringContaining('throws was left out of an export: no database'),
  ]);
}, 180_000);

test('without a Collector and at its end the program does what it would do', async () => {
  const { program } = await start(await startOtlpReceiver(), {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    BELLWETHER_FLUSH_TIMEOUT: '300',
    HOSTILE: '1',
  });
  program.kill();
  expect((await program.exited).code).toBe(0);
}, 180_000);

test.each([
  { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
  { OTEL_METRICS_EXPORTER: 'otlp,console' },
  { BELLWETHER_METRICS_PORT: '0' },
])(
  'also with %o',
  async (env) => {
    const receiver = await startOtlpReceiver();
    const { program } = await start(receiver, env);
    await pollUntil(() => receiver.points('checkout_duration_seconds').length > 0, WAIT);
    await pollUntil(() => receiver.points('second_registry').length > 0, WAIT);
    const isJson = 'OTEL_EXPORTER_OTLP_PROTOCOL' in env;
    const [rpc] = receiver.points('rpc_seconds');
    expect(rpc?.kind).toBe(isJson ? 'gauge' : 'summary');
    if (isJson) expect(receiver.points('rpc_seconds_count')[0]?.value).toBe(100);
    program.kill();
    expect((await program.exited).code).toBe(0);
  },
  180_000,
);
