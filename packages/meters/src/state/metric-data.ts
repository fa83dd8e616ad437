import type { Attributes, HrTime, ValueType } from '@opentelemetry/api';

/**
 * The shapes of `@opentelemetry/sdk-metrics` 3 (export/MetricData), written down here because this package
 * needs the API only. equal-to-sdk.test.ts holds them assignable to the originals.
 */
export const DATA_POINT_TYPE = {
  HISTOGRAM: 0,
  EXPONENTIAL_HISTOGRAM: 1,
  GAUGE: 2,
  SUM: 3,
} as const;
export const CUMULATIVE = 1 as const;

/** One point of a series, as sdk-metrics has it. */
export interface DataPoint<T> {
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly attributes: Attributes;
  readonly value: T;
}

/** A histogram with explicit boundaries, as sdk-metrics has it. */
export interface ExplicitValue {
  buckets: { boundaries: number[]; counts: number[] };
  sum?: number;
  count: number;
  min?: number;
  max?: number;
}

/** A histogram with base-2 exponential buckets, as sdk-metrics has it. */
export interface ExponentialValue {
  count: number;
  sum?: number;
  scale: number;
  zeroCount: number;
  positive: { offset: number; bucketCounts: number[] };
  negative: { offset: number; bucketCounts: number[] };
  min?: number;
  max?: number;
}

interface BaseMetric {
  readonly descriptor: {
    readonly name: string;
    readonly description: string;
    readonly unit: string;
    readonly valueType: ValueType;
  };
  readonly aggregationTemporality: typeof CUMULATIVE;
}

/** One instrument with its points, as sdk-metrics has it. */
export type MetricData =
  | (BaseMetric & { dataPointType: 3; dataPoints: DataPoint<number>[]; isMonotonic: boolean })
  | (BaseMetric & { dataPointType: 2; dataPoints: DataPoint<number>[] })
  | (BaseMetric & { dataPointType: 0; dataPoints: DataPoint<ExplicitValue>[] })
  | (BaseMetric & { dataPointType: 1; dataPoints: DataPoint<ExponentialValue>[] });

/** A stand-in: a reader takes the resource of its MeterProvider and only the scopes of a producer. */
export interface ProducerResource {
  readonly attributes: Attributes;
  merge<T>(other: T | null): T;
  getRawAttributes(): [];
}

/** The instruments of one `defineMeters()` scope. */
export interface ScopeMetrics {
  scope: { name: string; version?: string };
  metrics: MetricData[];
}

/** What a reader gets from a `MetricProducer`. */
export interface CollectionResult {
  resourceMetrics: { resource: ProducerResource; scopeMetrics: ScopeMetrics[] };
  errors: unknown[];
}

/** Structurally a `MetricProducer` of sdk-metrics: give it to a reader as `metricProducers: [producer]`. */
export interface MetricProducer {
  collect(options?: { timeoutMillis?: number }): Promise<CollectionResult>;
}
