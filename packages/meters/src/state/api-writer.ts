import { type MetricOptions, metrics } from '@opentelemetry/api';
import type { Instrument } from '../instruments/instrument.ts';

/** The instrument of the registered MeterProvider that stands for one of ours. */
export function apiWriter({ scope, definition }: Instrument): NonNullable<Instrument['foreign']> {
  const { kind, name, unit, description, boundaries } = definition;
  const meter = metrics.getMeter(scope.name, scope.version);
  const options: MetricOptions = { unit, description };
  if (kind === 'gauge') {
    const gauge = meter.createGauge(name, options);
    return (value, attributes) => gauge.record(value, attributes);
  }
  if (kind === 'histogram') {
    const advice = boundaries ? { explicitBucketBoundaries: [...boundaries] } : undefined;
    const histogram = meter.createHistogram(name, advice ? { ...options, advice } : options);
    return (value, attributes) => histogram.record(value, attributes);
  }
  const sum =
    kind === 'counter'
      ? meter.createCounter(name, options)
      : meter.createUpDownCounter(name, options);
  return (value, attributes) => sum.add(value, attributes);
}
