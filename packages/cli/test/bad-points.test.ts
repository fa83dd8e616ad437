import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { promQuery, type Stack, startStack } from '../src/index.ts';
import { counterMetric, sendMetrics } from './otlp-json.ts';
import { mendedMetrics, miscounted, poisonedMetrics } from './poisoned-metrics.ts';

/** `max_size` of the Collector's batches. */
const MOST_IN_A_BATCH = 2_000;

let folder: string;
let stack: Stack<'prometheus' | 'collector'>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bad-points-'));
  stack = await startStack({
    dataDir: folder,
    services: ['prometheus', 'collector'],
    prometheusTiming: { scrapeInterval: '1s', evaluationInterval: '1s', ruleQueryOffset: '1s' },
  });
  // Without a sample of its own Prometheus has no idea of what is too old.
  await send([good('tests.first')]);
  await pollUntil(async () => (await value('tests_first_total')) === 5, { timeoutMs: 60_000 });
}, 600_000);

afterAll(async () => {
  await stack?.stop({ volumes: true });
  rmSync(folder, { recursive: true, force: true });
});

const good = (name: string, more = 5) =>
  counterMetric({ name, value: more, temporality: 'cumulative' });
const send = (metrics: readonly object[], resource?: Readonly<Record<string, string>>) =>
  sendMetrics(stack.addresses.collectorHttp, metrics, resource);
const value = async (query: string) =>
  (await promQuery(stack.addresses.prometheus, query))[0]?.value;
const refused = () =>
  value('sum(prometheus_http_requests_total{handler="/api/v1/otlp/v1/metrics",code!="200"})');
const firing = (alert: string) => value(`count(ALERTS{alertname="${alert}",alertstate="firing"})`);

/** Sends it between two good points, and waits for both. */
async function sendAmongOthers(metric: object, resource?: Readonly<Record<string, string>>) {
  const id = crypto.randomUUID().slice(0, 8);
  await send([good(`tests.${id}.before`), metric, good(`tests.${id}.after`)], resource);
  await pollUntil(
    async () => (await value(`{__name__=~"tests_${id}_(before|after)_total"}`)) === 5,
    { timeoutMs: 60_000, message: 'the good points beside it' },
  );
  expect(await value(`count({__name__=~"tests_${id}_(before|after)_total"})`)).toBe(2);
}

test.each(Object.entries(poisonedMetrics))('%s costs no other point', async (_, metric) => {
  await sendAmongOthers(metric());
  expect(await value('count({__name__=~"bad_.*"})')).toBeUndefined();
});

test.each(Object.entries(mendedMetrics))('%s costs nothing but itself', async (_, metric) => {
  await sendAmongOthers(metric());
  expect(await value('count({__name__=~"mended_.*",kind="b"})')).toBeGreaterThan(0);
});

test('a resource with an attribute without a name costs nothing', async () => {
  await sendAmongOthers(good('tests.resource'), { '': 'a', '..': 'b' });
});

test('until here no request was refused', async () => {
  expect(await refused()).toBeUndefined();
});

test('what no filter can tell costs one batch at most, the next export makes up for it, and an alert says so', async () => {
  const many = Array.from({ length: 6_000 }, (_, index) => `tests.many_${index}`);
  const arrived = () => value('count({__name__=~"tests_many_.*"})');
  await send([
    ...many.slice(0, 3_000).map((name) => good(name)),
    miscounted(),
    ...many.slice(3_000).map((name) => good(name)),
  ]);
  await pollUntil(async () => ((await arrived()) ?? 0) >= many.length - MOST_IN_A_BATCH, {
    timeoutMs: 60_000,
    message: 'all but one batch',
  });
  await pollUntil(async () => (await firing('OtlpRejected')) !== undefined, { timeoutMs: 60_000 });
  expect(await arrived()).toBeLessThan(many.length);
  expect(await refused()).toBe(1);

  await send(many.map((name) => good(name, 6)));
  await pollUntil(
    async () => (await value('count({__name__=~"tests_many_.*"} == 6)')) === many.length,
    {
      timeoutMs: 60_000,
      message: 'the whole of the next export',
    },
  );
});
