import {
  counter,
  defineMeters,
  gauge,
  histogram,
  oneOf,
  optional,
  upDownCounter,
  upTo,
} from '@bellwether/meters';
import { configureTenants, type Takeover, takeOver } from '@bellwether/meters/runtime';
import { decodeOtlp } from '@bellwether/testkit';
import { fuzz } from '@bellwether/testkit/fuzz';
import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resourceBytes } from '../otlp/resource-bytes.ts';
import { MetricImages, MetricsRequests } from './metrics-requests.ts';

const START_MS = 1_790_000_000_123;
const IDLE_S = 60;
const resource = resourceFromAttributes({
  'service.name': 'ünï',
  'process.command_args': ['node', 'a.js'],
  'process.pid': 12,
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START_MS });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Meters in a state of their own, and what records into each. */
function fresh() {
  Reflect.deleteProperty(globalThis, Symbol.for('@bellwether/meters/1'));
  configureTenants({ budget: 6, idleSeconds: IDLE_S });
  const meters = takeOver();
  const attributes = {
    text: upTo(40),
    closed: oneOf('a', '', 'ä€😀', false, true, 0, -7, 2 ** 53 - 1, -(2 ** 40)),
    number: optional(upTo(20, 'int')),
  };
  const one = defineMeters('one', {
    sum: counter('a.counter', { attributes, unit: '{order}', description: 'Ünits' }),
    upDown: upDownCounter('an.up.down', { attributes, unit: 'By' }),
    level: gauge('a.gauge', { attributes, tenant: false }),
  });
  const boundaries = Array.from({ length: 20 }, (_, i) => i * 10);
  const two = defineMeters(
    'two',
    {
      time: histogram('explicit', { attributes, boundaries, unit: 's' }),
      short: histogram('explicit.short', { attributes, boundaries: [1] }),
      size: histogram('exponential', { attributes, exponential: {} }),
      small: histogram('exponential.small', { attributes, exponential: { maxSize: 4 } }),
    },
    { version: '1.2.3' },
  );
  type Attributes = Parameters<typeof one.sum.add>[1];
  const records: ((value: number, tenant: string, attributes: Attributes) => void)[] = [
    (value, tenant, of) => one.sum.forTenant(tenant).add(Math.abs(value), of),
    (value, tenant, of) => one.upDown.forTenant(tenant).add(value, of),
    (value, _, of) => one.level.set(value, of),
    (value, tenant, of) => two.time.forTenant(tenant).record(Math.abs(value), of),
    (value, tenant, of) => two.short.forTenant(tenant).record(Math.abs(value), of),
    (value, tenant, of) => two.size.forTenant(tenant).record(Math.abs(value), of),
    (value, tenant, of) => two.small.forTenant(tenant).record(Math.abs(value), of),
  ];
  return { meters, images: new MetricImages(meters), records };
}

interface Metric {
  readonly about: string;
  readonly points: string[];
}

/** Metrics by scope and name with the points of all bodies, in an order that does not depend on who made them. */
function metricsOf(bodies: Uint8Array[]): Metric[] {
  const found = new Map<string, string[]>();
  const request = decodeOtlp('metrics', 'protobuf', Buffer.concat(bodies));
  for (const { resource: of, scopeMetrics } of request.resourceMetrics)
    for (const { scope, metrics } of scopeMetrics)
      for (const { gauge: g, sum, histogram: h, exponentialHistogram: e, ...named } of metrics) {
        const data = g ?? sum ?? h ?? e;
        if (data === undefined) throw new Error(`${named.name} has no data`);
        const { dataPoints, ...aspects } = data;
        const about = text({ of, scope, named, aspects, kinds: [g, sum, h, e].map(Boolean) });
        const points = found.get(about) ?? [];
        found.set(about, points);
        for (const point of dataPoints) {
          expect(point.startTimeUnixNano).toBeLessThan(point.timeUnixNano);
          points.push(text({ ...point, timeUnixNano: 0 }));
        }
      }
  return Array.from(found, ([about, points]) => ({ about, points: points.sort() })).sort((a, b) =>
    a.about < b.about ? -1 : 1,
  );
}

const text = (value: object) =>
  JSON.stringify(value, (_, part) =>
    typeof part === 'bigint' || typeof part === 'number' ? `${typeof part} ${part}` : part,
  );

function ours(images: MetricImages, longest?: number, between = () => {}): Uint8Array[] {
  const requests = new MetricsRequests(images, longest);
  const head = resourceBytes(resource);
  const bodies: Uint8Array[] = [];
  while (requests.prepare());
  for (let body = requests.next(head); body !== undefined; body = requests.next(head)) {
    bodies.push(Buffer.from(body));
    between();
  }
  return bodies;
}

function upstreams(meters: Takeover): Uint8Array[] {
  const collected = { resource, scopeMetrics: meters.collectNow() } as ResourceMetrics;
  return [ProtobufMetricsSerializer.serializeRequest(collected) as Uint8Array];
}

const recording = fc.record({
  instrument: fc.nat({ max: 6 }),
  tenant: fc.constantFrom('t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 'x'.repeat(64)),
  value: fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, 1, 2 ** 53, 1e300, 5e-324, Number.NaN),
  ),
  attributes: fc.record(
    {
      text: fc.oneof(
        fc.string({ unit: 'binary', maxLength: 70 }),
        fc.constantFrom('', '\ud800', '€'.repeat(200)),
      ),
      closed: fc.constantFrom('a', '', 'ä€😀', false, true, 0, -7, 2 ** 53 - 1, -(2 ** 40)),
      number: fc.oneof(fc.maxSafeInteger(), fc.constantFrom(0, 127, 128, -1, 2 ** 32, -(2 ** 32))),
    },
    { requiredKeys: ['text', 'closed'] },
  ),
});
const step = fc.oneof(
  { weight: 20, arbitrary: recording },
  { weight: 2, arbitrary: fc.constantFrom('compare', 'long pause') },
  {
    weight: 1,
    arbitrary: fc.record({
      longest: fc.nat({ max: 3_000 }),
      between: fc.array(recording, { maxLength: 20 }),
    }),
  },
);

fuzz(
  'the bytes say what upstream says of the same collection, whatever came and went before',
  fc.array(step, { maxLength: 200 }),
  (steps) => {
    vi.setSystemTime(START_MS);
    const { meters, images, records } = fresh();
    const record = ({
      instrument,
      value,
      tenant,
      attributes,
    }: typeof recording extends fc.Arbitrary<infer T> ? T : never) =>
      records[instrument]?.(value, tenant, attributes as never);
    for (const each of [...steps, 'compare' as const]) {
      if (each === 'compare') {
        expect(metricsOf(ours(images))).toEqual(metricsOf(upstreams(meters)));
      } else if (each === 'long pause') {
        vi.setSystemTime(Date.now() + 2 * IDLE_S * 1_000);
      } else if ('longest' in each) {
        const queue = [...each.between];
        const bodies = ours(images, each.longest, () => {
          for (const next of queue.splice(0, 3)) record(next);
        });
        for (const { points } of metricsOf(bodies)) {
          const series = points.map((point) => text(JSON.parse(point).attributes));
          expect(new Set(series).size).toBe(series.length);
        }
        meters.sweep();
      } else record(each);
    }
  },
  { runs: 300 },
);

test('all series are there once, in bodies that are not longer than they may be, each with a time of its own', () => {
  const { meters, images, records } = fresh();
  configureTenants({ budget: 2_000 });
  for (let i = 0; i < 2_000; i++)
    for (const record of records) record(i, `tenant-${i}`, { text: 'x', closed: 'a' });
  const bodies = ours(images, 100_000);
  expect(Math.max(...bodies.map(({ length }) => length))).toBeLessThan(110_000);
  expect(Math.min(...bodies.slice(0, -1).map(({ length }) => length))).toBeGreaterThan(30_000);
  const times = bodies.map((body) => new Set(decodeTimes(body)));
  for (const time of times) expect(time.size).toBe(1);
  expect(new Set(times.flatMap((time) => [...time])).size).toBe(bodies.length);
  expect(metricsOf(bodies)).toEqual(metricsOf(upstreams(meters)));
});

function decodeTimes(body: Uint8Array): bigint[] {
  return decodeOtlp('metrics', 'protobuf', body).resourceMetrics.flatMap(({ scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.flatMap(({ gauge: g, sum, histogram: h, exponentialHistogram: e }) =>
        ((g ?? sum ?? h ?? e)?.dataPoints ?? []).map((point) => point.timeUnixNano),
      ),
    ),
  );
}
