import { sdkConventions } from '@bellwether/meters/conventions';
import {
  type Attributes,
  createNoopMeter,
  type MeterProvider,
  type ObservableCallback,
  type ObservableUpDownCounter,
} from '@opentelemetry/api';
import { Level } from './level.ts';
import { sdkMeters } from './sdk-meters.ts';

interface Recorder {
  add(value: number, attributes?: Attributes): void;
  record(value: number, attributes?: Attributes): void;
}

const byName = new Map(
  Object.entries(sdkConventions).map(([key, { name }]) => [
    name as string,
    sdkMeters[key as keyof typeof sdkMeters] as unknown as Recorder,
  ]),
);

/**
 * What upstream's processors and exporters take to measure themselves: their instruments are the meters of this SDK, by their name, and
 * nothing of `@opentelemetry/sdk-metrics` is loaded. An instrument that these have not records nothing.
 */
export function upstreamMeterProvider(): {
  readonly provider: MeterProvider;
  /** Calls the callbacks of observable instruments. */
  readonly observe: () => void;
} {
  const callbacks = new Map<ObservableCallback, () => void>();
  const noop = createNoopMeter();
  const find = (name: string) => byName.get(name);
  const observed = (name: string): ObservableUpDownCounter => {
    const meter = find(name);
    if (meter === undefined) return noop.createObservableUpDownCounter(name);
    return {
      addCallback: (callback) => {
        const level = new Level((n) => meter.add(n, attributes));
        let attributes: Attributes | undefined;
        callbacks.set(callback, () => {
          callback({
            observe: (value, of) => {
              attributes = of;
              level.set(value);
            },
          });
        });
      },
      removeCallback: (callback) => {
        callbacks.delete(callback);
      },
    };
  };
  const meter: typeof noop = {
    createCounter: (name) => find(name) ?? noop.createCounter(name),
    createUpDownCounter: (name) => find(name) ?? noop.createUpDownCounter(name),
    createHistogram: (name) => find(name) ?? noop.createHistogram(name),
    createGauge: (name) => noop.createGauge(name),
    createObservableUpDownCounter: observed,
    createObservableCounter: (name) => noop.createObservableCounter(name),
    createObservableGauge: (name) => noop.createObservableGauge(name),
    addBatchObservableCallback: () => {},
    removeBatchObservableCallback: () => {},
  };
  return {
    provider: { getMeter: () => meter },
    observe: () => {
      for (const observe of callbacks.values()) observe();
    },
  };
}
