import { metrics } from '@opentelemetry/api';
import {
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { afterEach, expect, test } from 'vitest';
import { counter, histogram } from '../catalog/definition.ts';
import { SharedState } from './shared-state.ts';

afterEach(() => metrics.disable());
const scope = { name: 'scope', version: undefined };
const pointOf = (collected: ReturnType<ReturnType<SharedState['takeOver']>['collectNow']>) =>
  collected.find((entry) => entry.scope.name === 'scope')?.metrics[0]?.dataPoints[0];

test('released and taken over again, series go on as they were', () => {
  let ms = 1_000;
  const state = new SharedState(() => ms);
  const c = state.instrument(scope, counter('c', { tenant: false }));
  const first = state.takeOver();
  c.record(1);
  ms += 1_000;
  const before = pointOf(first.collectNow());
  first.release();
  c.record(1);
  ms += 1_000;
  const second = state.takeOver();
  first.release();
  c.record(1);
  const after = pointOf(second.collectNow());
  expect(after?.value).toBe(3);
  expect(after?.startTime).toEqual(before?.startTime);
});

test('the provider that our SDK leaves behind is not another SDK', () => {
  const state = new SharedState();
  const c = state.instrument(scope, counter('c', { tenant: false }));
  const takeover = state.takeOver();
  const exporter = new InMemoryMetricExporter(1);
  const readers = [new PeriodicExportingMetricReader({ exporter })];
  const provider = new MeterProvider({ readers });
  metrics.setGlobalMeterProvider(provider);
  takeover.release();
  c.record(1);
  expect(pointOf(state.takeOver().collectNow())?.value).toBe(1);
  return provider.shutdown();
});

test('with exponential buckets asked for, only a histogram that holds something keeps its own', () => {
  const state = new SharedState(() => 1_000);
  const kept = state.instrument(scope, histogram('kept', { tenant: false }));
  const changed = state.instrument(scope, histogram('changed', { tenant: false }));
  const bound = changed.fixed(undefined, undefined) as { record(value: number): void };
  kept.record(1);
  const taken = state.takeOver('exponential');
  const later = state.instrument(scope, histogram('later', { tenant: false }));
  bound.record(2);
  later.record(3);
  const metrics = taken.collectNow().find((entry) => entry.scope.name === 'scope')?.metrics ?? [];
  expect(
    metrics.map(({ descriptor, dataPoints }) => {
      const value = dataPoints[0]?.value as { sum: number; scale?: number };
      return [descriptor.name, value.scale !== undefined, value.sum];
    }),
  ).toEqual([
    ['kept', false, 1],
    ['changed', true, 2],
    ['later', true, 3],
  ]);
});
