import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import {
  DataPointType,
  MeterProvider,
  type MetricData,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';
import { nodeConventions } from './node-conventions.ts';

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

function kindOf(metric: MetricData): string {
  if (metric.dataPointType === DataPointType.GAUGE) return 'gauge';
  if (metric.dataPointType === DataPointType.SUM)
    return metric.isMonotonic ? 'counter' : 'upDownCounter';
  return 'histogram';
}

test('names, kinds, units, descriptions and attributes are those of upstream', async () => {
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const upstream = new RuntimeNodeInstrumentation({ monitoringPrecision: 1 });
  upstream.setMeterProvider(provider);
  const collected = new Map<string, object>();
  // Collections of garbage and samples of the delay come when they come.
  await expect
    .poll(
      async () => {
        Array.from({ length: 100_000 }, (_, index) => ({ index }));
        const { resourceMetrics } = await reader.collect();
        for (const metric of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
          const { name, unit, description } = metric.descriptor;
          const [point] = metric.dataPoints;
          const attributes = Object.keys(point?.attributes ?? {});
          collected.set(name, { kind: kindOf(metric), unit, description, attributes });
        }
        return collected.size;
      },
      { timeout: 10_000 },
    )
    .toBeGreaterThanOrEqual(Object.keys(nodeConventions).length);
  upstream.disable();
  await provider.shutdown();

  const ours = Object.values(nodeConventions).map(
    ({ name, kind, unit, description, attributes }) =>
      [name, { kind, unit, description, attributes: Object.keys(attributes) }] as const,
  );
  expect(new Map(ours)).toEqual(collected);
});
