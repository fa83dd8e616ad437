import { getHeapStatistics } from 'node:v8';
import { runtimeConventions } from '@bellwether/meters/conventions';
import type { Meter, ObservableCallback } from '@opentelemetry/api';
import type { Undo } from '../instrumentations/environment.ts';

/** The limit of this thread's heap: a thread has a heap, and may have a limit, of its own. */
export function observeHeapLimit(meter: Meter): Undo {
  const { name, unit, description } = runtimeConventions.heapSizeLimit;
  const gauge = meter.createObservableGauge(name, { unit, description });
  const observe: ObservableCallback = (result) =>
    result.observe(getHeapStatistics().heap_size_limit);
  gauge.addCallback(observe);
  return () => gauge.removeCallback(observe);
}
