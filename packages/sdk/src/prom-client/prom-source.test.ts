import { decodeOtlp } from '@bellwether/testkit';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MetricPart } from '../export/metric-sources.ts';
import { PromSource } from './prom-source.ts';
import type { PromRegistry } from './registry.ts';

const WAIT_MS = 30_000;
let said: string[];
beforeEach(() => {
  said = [];
  const note = (message: string) => void said.push(message);
  const logger = { error: note, warn: note, info: note, debug: note, verbose: note };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
});
afterEach(() => diag.disable());

const sourceOf = (registries: readonly PromRegistry[], options = {}) =>
  new PromSource(registries, { timeoutMs: WAIT_MS, maxSeries: 10_000, ...options });

/** `name{labels} value`, of every part. */
function pointsIn(parts: readonly MetricPart[]): string[] {
  return parts.flatMap(({ fields }) => {
    const length = Buffer.alloc(5);
    for (let i = 0, rest = fields.length; i < 5; i++, rest = Math.floor(rest / 128))
      length[i] = (rest % 128) | (i < 4 ? 128 : 0);
    const body = Buffer.concat([Buffer.of(0x0a), length, fields]);
    const { resourceMetrics } = decodeOtlp('metrics', 'protobuf', body);
    return resourceMetrics
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics }) => metrics))
      .flatMap(({ name, sum, gauge, histogram }) =>
        [
          ...(sum?.dataPoints ?? gauge?.dataPoints ?? []).map((point) => ({
            ...point,
            value: point.asDouble,
          })),
          ...(histogram?.dataPoints ?? []).map((point) => ({ ...point, value: point.count })),
        ].map(
          ({ attributes, value, flags }) =>
            `${name}{${attributes.map(({ key, value: of }) => `${key}=${of?.stringValue}`).join()}} ${flags === 1 ? 'ended' : value}`,
        ),
      );
  });
}

test('a registry that throws is named once, and the others go', async () => {
  const good = new Registry();
  new Counter({ name: 'good_total', help: 'Good', registers: [good] }).inc(2);
  const inner = new Registry();
  new Gauge({ name: 'other', help: 'Other', registers: [inner] }).set(1);
  let isBad = false;
  const bad: PromRegistry = {
    getMetricsAsArray: () => {
      if (isBad) throw new Error('no registry today');
      return inner.getMetricsAsArray();
    },
  };
  const source = sourceOf([bad, good]);
  expect(pointsIn(await source.parts(WAIT_MS))).toEqual(['other{} 1', 'good_total{} 2']);
  isBad = true;
  // What it had is not said to be gone.
  expect(pointsIn(await source.parts(WAIT_MS))).toEqual(['good_total{} 2']);
  const { resourceMetrics } = await source.producer.collect();
  expect(resourceMetrics.scopeMetrics[0]?.metrics).toHaveLength(1);
  expect(said).toEqual([expect.stringContaining('no registry today')]);
});

test('a metric that answers late goes with the export after, and is asked once', async () => {
  const registry = new Registry();
  let asked = 0;
  let answer: () => void = () => {};
  new Gauge({
    name: 'slow',
    help: 'Slow',
    registers: [registry],
    async collect() {
      asked += 1;
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      this.set(5);
    },
  });
  const source = sourceOf([registry]);
  expect(pointsIn(await source.parts(20))).toEqual([]);
  expect(pointsIn(await source.parts(20))).toEqual([]);
  expect(asked).toBe(1);
  answer();
  await new Promise((resolve) => setImmediate(resolve));
  expect(pointsIn(await source.parts(20))).toEqual(['slow{} 5']);
});

test('of a series that two registries have the first is sent, and of a name with two kinds the first', async () => {
  const [one, two] = [new Registry(), new Registry()];
  new Gauge({ name: 'same', help: 'One', registers: [one] }).set(1);
  new Gauge({ name: 'same', help: 'Two', registers: [two] }).set(2);
  new Gauge({ name: 'kind', help: 'One', registers: [one] }).set(3);
  new Histogram({ name: 'kind', help: 'Two', registers: [two] }).observe(1);
  expect(pointsIn(await sourceOf([one, two]).parts(WAIT_MS)).sort()).toEqual([
    'kind{} 3',
    'same{} 1',
  ]);
  expect(said).toEqual([
    expect.stringContaining('a series of same is there twice'),
    expect.stringContaining('another registry has a gauge of this name'),
  ]);
});

test('many series leave in parts of about 2,000, each once', async () => {
  const registry = new Registry();
  const many = new Gauge({ name: 'many', help: 'M', labelNames: ['id'], registers: [registry] });
  for (let id = 0; id < 4_500; id++) many.set({ id }, id);
  const parts = await sourceOf([registry]).parts(WAIT_MS);
  expect(parts.map(({ points }) => points)).toEqual([2_000, 2_000, 500]);
  const points = pointsIn(parts);
  expect(new Set(points).size).toBe(4_500);
  expect(points).toContain('many{id=4499} 4499');
});

test('OpenMetrics appends _total, and a registry that is cleared ends its series', async () => {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  new Counter({ name: 'calls', help: 'Calls', registers: [registry] }).inc();
  const source = sourceOf([registry]);
  expect(pointsIn(await source.parts(WAIT_MS))).toEqual(['calls_total{} 1']);
  await registry.metrics();
  expect(pointsIn(await source.parts(WAIT_MS))).toEqual(['calls_total{} 1']);
  registry.clear();
  expect(pointsIn(await source.parts(WAIT_MS))).toEqual(['calls_total{} ended']);
  expect(await source.parts(WAIT_MS)).toEqual([]);
});
