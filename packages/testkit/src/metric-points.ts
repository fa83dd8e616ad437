import { type Attributes, attributesKey, toAttributes } from './attributes.ts';
import type {
  WireBuckets,
  WireExponentialPoint,
  WireHistogramPoint,
  WireMetric,
  WireMetrics,
  WireNumberPoint,
  WireSummaryPoint,
} from './otlp-messages.ts';

/** Buckets of one sign of an exponential histogram: the first count is that of bucket `offset`. */
export interface ExponentialBuckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

/** One data point as it arrived. Counts are numbers (exact up to 2^53), times are nanoseconds since 1970. */
export interface MetricPoint {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';
  /** `undefined` for a gauge and a summary. */
  readonly temporality: 'cumulative' | 'delta' | 'unspecified' | undefined;
  readonly monotonic: boolean;
  readonly scope: { readonly name: string; readonly version: string };
  readonly resource: Attributes;
  readonly attributes: Attributes;
  readonly startTime: bigint;
  readonly time: bigint;
  /** Nothing was recorded: the series ends here. */
  readonly ended: boolean;
  /** Of a sum or a gauge. */
  readonly value: number | undefined;
  /** The same value without loss, when it came as an integer. */
  readonly exact: bigint | undefined;
  /** The rest: of histograms. */
  readonly count: number | undefined;
  readonly sum: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly boundaries: readonly number[] | undefined;
  readonly buckets: readonly number[] | undefined;
  readonly scale: number | undefined;
  readonly zeroCount: number | undefined;
  readonly positive: ExponentialBuckets | undefined;
  readonly negative: ExponentialBuckets | undefined;
  /** Of a summary, by quantile. */
  readonly quantiles: Readonly<Record<string, number>> | undefined;
}

/** All points of one export, in the order in which they were sent. */
export function metricPoints(request: WireMetrics): MetricPoint[] {
  return request.resourceMetrics.flatMap(({ resource, scopeMetrics }) => {
    const resourceAttributes = toAttributes(resource?.attributes);
    return scopeMetrics.flatMap(({ scope, metrics }) =>
      metrics.flatMap((metric) =>
        pointsOf(metric, {
          scope: { name: scope?.name ?? '', version: scope?.version ?? '' },
          resource: resourceAttributes,
        }),
      ),
    );
  });
}

/** The same text for points of the same series: name, scope, resource and attributes. */
export function seriesKey(point: MetricPoint): string {
  const { name, scope, resource, attributes } = point;
  return [name, scope.name, attributesKey(resource), attributesKey(attributes)].join('\n');
}

function pointsOf(
  metric: WireMetric,
  origin: Pick<MetricPoint, 'scope' | 'resource'>,
): MetricPoint[] {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  const named = {
    ...origin,
    name: metric.name,
    description: metric.description,
    unit: metric.unit,
    monotonic: sum?.isMonotonic ?? false,
  };
  if (gauge) {
    const about = { ...named, kind: 'gauge', temporality: undefined } as const;
    return gauge.dataPoints.map((point) => ({ ...empty, ...about, ...numberPoint(point) }));
  }
  if (sum) {
    const about = { ...named, kind: 'sum', temporality: temporality(sum) } as const;
    return sum.dataPoints.map((point) => ({ ...empty, ...about, ...numberPoint(point) }));
  }
  if (histogram) {
    const about = { ...named, kind: 'histogram', temporality: temporality(histogram) } as const;
    return histogram.dataPoints.map((point) => ({ ...empty, ...about, ...histogramPoint(point) }));
  }
  if (exponentialHistogram) {
    const kind = 'exponentialHistogram';
    const about = { ...named, kind, temporality: temporality(exponentialHistogram) } as const;
    return exponentialHistogram.dataPoints.map((point) => ({
      ...empty,
      ...about,
      ...exponentialPoint(point),
    }));
  }
  if (summary) {
    const about = { ...named, kind: 'summary', temporality: undefined } as const;
    return summary.dataPoints.map((point) => ({ ...empty, ...about, ...summaryPoint(point) }));
  }
  return [];
}

const empty = {
  value: undefined,
  exact: undefined,
  count: undefined,
  sum: undefined,
  min: undefined,
  max: undefined,
  boundaries: undefined,
  buckets: undefined,
  scale: undefined,
  zeroCount: undefined,
  positive: undefined,
  negative: undefined,
  quantiles: undefined,
};

function temporality({ aggregationTemporality }: { readonly aggregationTemporality: number }) {
  if (aggregationTemporality === 2) return 'cumulative';
  return aggregationTemporality === 1 ? 'delta' : 'unspecified';
}

function placeAndTime(
  point: WireNumberPoint | WireHistogramPoint | WireExponentialPoint | WireSummaryPoint,
) {
  return {
    attributes: toAttributes(point.attributes),
    startTime: point.startTimeUnixNano,
    time: point.timeUnixNano,
    ended: (point.flags ?? 0) % 2 === 1,
  };
}

function numberPoint(point: WireNumberPoint) {
  const value = point.asInt === undefined ? point.asDouble : Number(point.asInt);
  return { ...placeAndTime(point), value, exact: point.asInt };
}

function distribution(point: WireHistogramPoint | WireExponentialPoint | WireSummaryPoint) {
  const { sum, min, max } = point;
  return { ...placeAndTime(point), count: Number(point.count), sum, min, max };
}

function histogramPoint(point: WireHistogramPoint) {
  return {
    ...distribution(point),
    boundaries: [...point.explicitBounds],
    buckets: point.bucketCounts.map(Number),
  };
}

function exponentialPoint(point: WireExponentialPoint) {
  return {
    ...distribution(point),
    scale: point.scale,
    zeroCount: Number(point.zeroCount),
    positive: exponentialBuckets(point.positive),
    negative: exponentialBuckets(point.negative),
  };
}

function summaryPoint(point: WireSummaryPoint) {
  const values = point.quantileValues.map(({ quantile, value }) => [quantile, value]);
  return {
    ...distribution(point),
    quantiles: Object.fromEntries(values) as Record<string, number>,
  };
}

function exponentialBuckets(buckets: WireBuckets | null): ExponentialBuckets {
  return { offset: buckets?.offset ?? 0, counts: (buckets?.bucketCounts ?? []).map(Number) };
}
