import type { Attributes } from '@opentelemetry/api';
import type { InstrumentDefinition } from '../../src/catalog/definition.ts';
import type { Instrument } from '../../src/instruments/instrument.ts';
import type { MetricData } from '../../src/state/metric-data.ts';
import { SharedState } from '../../src/state/shared-state.ts';

const scope = { name: 'test', version: undefined };

/** A state of its own with a clock that stands still, taken over, and what it exports. */
export function freshState() {
  const clock = { ms: 1_700_000_000_000 };
  const state = new SharedState(() => clock.ms);
  const { producer } = state.takeOver();
  const instrument = (definition: InstrumentDefinition): Instrument =>
    state.instrument(scope, definition);
  const collect = async (): Promise<MetricData[]> => {
    const { scopeMetrics } = (await producer.collect()).resourceMetrics;
    return scopeMetrics.flatMap(({ metrics }) => metrics);
  };
  /** Values of a metric by its attributes as JSON. */
  const values = async (name: string): Promise<Record<string, unknown>> => {
    const metric = (await collect()).find(({ descriptor }) => descriptor.name === name);
    const points = metric?.dataPoints ?? [];
    return Object.fromEntries(
      points.map(({ attributes, value }) => [JSON.stringify(attributes), value]),
    );
  };
  return { clock, state, instrument, collect, values };
}

interface Verbs {
  add(value: number, attributes?: Attributes): void;
  set(value: number, attributes?: Attributes): void;
  record(value: number, attributes?: Attributes): void;
}

/** Records through whatever bind() or forTenant() gave, by the one verb that it has. */
export function write(to: Partial<Verbs>, value: number, attributes?: Attributes): void {
  (to.add ?? to.set ?? to.record)?.call(to, value, attributes);
}
