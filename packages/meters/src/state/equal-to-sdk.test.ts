import { fuzz } from '@bellwether/testkit/fuzz';
import {
  AggregationType,
  MeterProvider,
  type MetricProducer,
  MetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { oneOf, upTo } from '../attributes/kinds.ts';
import {
  counter,
  gauge,
  histogram,
  type InstrumentDefinition,
  upDownCounter,
} from '../catalog/definition.ts';
import type { MetricData } from './metric-data.ts';
import { SharedState } from './shared-state.ts';

type Record = (value: number, attributes: { [key: string]: string }) => void;

class TestReader extends MetricReader {
  protected override async onForceFlush() {}
  protected override async onShutdown() {}
}

const shape = {
  attributes: { status: oneOf('paid', 'declined', 'refunded'), route: upTo(4) },
  tenant: false,
};

function catalogOf(boundaries: number[], maxSize: number): InstrumentDefinition[] {
  return [
    counter('a.counter', { ...shape, unit: '{order}', description: 'A counter' }),
    upDownCounter('an.up.down', { ...shape, unit: 'By', description: 'An up-down counter' }),
    gauge('a.gauge', { ...shape, unit: '1', description: 'A gauge' }),
    histogram('explicit', { ...shape, unit: 's', description: 'Explicit', boundaries }),
    histogram('exponential', { ...shape, unit: 's', exponential: {} }),
    histogram('exponential.small', { ...shape, unit: 's', exponential: { maxSize } }),
  ];
}

/** The instruments of the real SDK for the same catalog. */
function real(catalog: InstrumentDefinition[]) {
  const reader = new TestReader();
  const views = catalog.flatMap(({ name, exponential }): ViewOptions[] => {
    if (!exponential) return [];
    const options = { maxSize: exponential.maxSize, recordMinMax: true };
    return [
      {
        instrumentName: name,
        aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM, options },
      },
    ];
  });
  const meter = new MeterProvider({ readers: [reader], views }).getMeter('scope');
  const records = catalog.map(({ kind, name, unit, description, boundaries }): Record => {
    const options = { unit, description };
    if (kind === 'gauge') {
      const instrument = meter.createGauge(name, options);
      return (value, attributes) => instrument.record(value, attributes);
    }
    if (kind === 'histogram') {
      const advice = boundaries ? { advice: { explicitBucketBoundaries: [...boundaries] } } : {};
      const instrument = meter.createHistogram(name, { ...options, ...advice });
      return (value, attributes) => instrument.record(value, attributes);
    }
    const instrument =
      kind === 'counter'
        ? meter.createCounter(name, options)
        : meter.createUpDownCounter(name, options);
    return (value, attributes) => instrument.add(value, attributes);
  });
  const collect = async () => {
    const { resourceMetrics } = await reader.collect();
    return comparable(resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics));
  };
  return { records, collect };
}

function ours(catalog: InstrumentDefinition[]) {
  const state = new SharedState();
  const producer: MetricProducer = state.takeOver().producer;
  const scope = { name: 'scope', version: undefined };
  const instruments = catalog.map((definition) => state.instrument(scope, definition));
  const records = instruments.map(
    (instrument): Record =>
      (value, attributes) =>
        instrument.record(value, attributes),
  );
  const collect = async () => {
    const { scopeMetrics } = (await producer.collect()).resourceMetrics;
    const mine = scopeMetrics.filter((entry) => entry.scope.name === 'scope');
    return comparable(mine.flatMap(({ metrics }) => metrics));
  };
  return { records, collect };
}

/** Everything but times, in an order that does not depend on who made it. */
function comparable(metrics: readonly object[]) {
  return (metrics as MetricData[])
    .map((metric) => {
      const { name, unit, description, valueType } = metric.descriptor;
      const points = metric.dataPoints.map(({ attributes, value, startTime, endTime }) => {
        expect(Math.sign(endTime[0] - startTime[0] || endTime[1] - startTime[1])).not.toBe(-1);
        return { attributes: JSON.stringify(Object.entries(attributes).sort()), value };
      });
      points.sort((a, b) => (a.attributes < b.attributes ? -1 : 1));
      return {
        ...{ name, unit, description, valueType, points },
        type: metric.dataPointType,
        monotonic: 'isMonotonic' in metric ? metric.isMonotonic : undefined,
        temporality: metric.aggregationTemporality,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Multiples of 1/1024: their sums are exact in whatever order they are taken. */
const dyadic = fc.integer({ min: 1, max: 20_480 }).map((n) => n / 1024);
const edge = fc.constantFrom(
  0,
  1,
  2,
  0.5,
  4,
  1024,
  2 ** -30,
  2 ** 40,
  0.005,
  10,
  5e-324,
  2 ** -1022,
);
const scattered = fc
  .tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: 1, max: 63 }))
  .map(([exponent, mantissa]) => mantissa * 2 ** exponent);
const anyDouble = fc.double({ min: 0, max: 1e300, noNaN: true }).map((n) => n + 0);

const calls = (value: fc.Arbitrary<number>) =>
  fc.record({
    instrument: fc.nat({ max: 5 }),
    value,
    sign: fc.constantFrom(1, 1, -1),
    attributes: fc.record({
      status: fc.constantFrom('paid', 'declined', 'refunded'),
      route: fc.constantFrom('/', '/a', '/b', '/c'),
    }),
  });
const bounds = fc
  .uniqueArray(fc.oneof(dyadic, scattered, edge), { minLength: 1, maxLength: 16 })
  .map((numbers) => numbers.sort((a, b) => a - b));
const maxSize = fc.integer({ min: 2, max: 160 });

fuzz(
  'the same calls give what sdk-metrics gives',
  fc.tuple(
    bounds,
    maxSize,
    fc.array(calls(fc.oneof(dyadic, edge, scattered, anyDouble)), { maxLength: 150 }),
  ),
  async ([boundaries, size, sequence]) => {
    const catalog = catalogOf(boundaries, size);
    const [theirs, mine] = [real(catalog), ours(catalog)];
    for (const { instrument, value, sign, attributes } of sequence) {
      theirs.records[instrument]?.(value * sign + 0, attributes);
      mine.records[instrument]?.(value * sign + 0, attributes);
      if (value === 1) await mine.collect();
    }
    expect(await mine.collect()).toEqual(await theirs.collect());
  },
  { runs: 300 },
);

const step = fc.oneof({ weight: 9, arbitrary: calls(dyadic) }, fc.constant(undefined));

/**
 * sdk-metrics merges what came since the last collection into the rest; when that is zeros only, it takes their scale
 * (reported as 0) for the common one and loses resolution for good. So no zeros here, and sums that are exact.
 */
fuzz(
  'and so does every one of several collections',
  fc.tuple(bounds, maxSize, fc.array(step, { maxLength: 150 })),
  async ([boundaries, size, sequence]) => {
    const catalog = catalogOf(boundaries, size);
    const [theirs, mine] = [real(catalog), ours(catalog)];
    for (const step of [...sequence, undefined]) {
      if (step === undefined) {
        expect(await mine.collect()).toEqual(await theirs.collect());
        continue;
      }
      theirs.records[step.instrument]?.(step.value * step.sign, step.attributes);
      mine.records[step.instrument]?.(step.value * step.sign, step.attributes);
    }
  },
  { runs: 200 },
);
