import { type HrTime, ValueType } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import type { HistogramValue, SummaryValue } from './points.ts';
import {
  type Family,
  type FamilyPoint,
  type FamilyValue,
  SCOPE,
  type Snapshot,
} from './snapshot.ts';

/**
 * The snapshot as upstream's SDK has metrics. It knows no summaries: their quantiles become a gauge and their sum and count two sums, under the
 * names that Prometheus gives them.
 */
export function metricData({ timeMs, families }: Snapshot): CollectionResult {
  const metrics = families
    .filter(({ points }) => points.length > 0)
    .flatMap((family) => metricsOf(family, hrTime(timeMs)));
  const scopeMetrics = metrics.length === 0 ? [] : [{ scope: SCOPE, metrics }];
  return { resourceMetrics: { resource: emptyResource(), scopeMetrics }, errors: [] };
}

function metricsOf(family: Family, endTime: HrTime): MetricData[] {
  const { kind, points } = family;
  const base = {
    descriptor: descriptorOf(family, ''),
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const each = <T>(value: (from: FamilyValue) => T) =>
    points.map((point) => ({ ...placeOf(point, endTime), value: value(point.value) }));
  if (kind === 'summary') return summaryMetrics(family, endTime);
  if (kind === 'histogram') {
    const dataPoints = each((value) => histogramOf(value as HistogramValue));
    return [{ ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints }];
  }
  const dataPoints = each((value) => value as number);
  if (kind === 'gauge') return [{ ...base, dataPointType: DataPointType.GAUGE, dataPoints }];
  const isMonotonic = kind === 'counter';
  return [{ ...base, dataPointType: DataPointType.SUM, dataPoints, isMonotonic }];
}

function summaryMetrics(family: Family, endTime: HrTime): MetricData[] {
  const aggregationTemporality = AggregationTemporality.CUMULATIVE;
  const quantiles: MetricData = {
    descriptor: descriptorOf(family, ''),
    aggregationTemporality,
    dataPointType: DataPointType.GAUGE,
    dataPoints: family.points.flatMap((point) => {
      const { attributes, ...place } = placeOf(point, endTime);
      return (point.value as SummaryValue).quantiles.map(([quantile, value]) => ({
        ...place,
        attributes: { ...attributes, quantile: String(quantile) },
        value,
      }));
    }),
  };
  const sumOf = (part: 'sum' | 'count'): MetricData => ({
    descriptor: descriptorOf(family, `_${part}`),
    aggregationTemporality,
    dataPointType: DataPointType.SUM,
    isMonotonic: false,
    dataPoints: family.points.map((point) => ({
      ...placeOf(point, endTime),
      value: (point.value as SummaryValue)[part],
    })),
  });
  return [quantiles, sumOf('sum'), sumOf('count')];
}

const descriptorOf = ({ name, help }: Family, suffix: string) => ({
  name: `${name}${suffix}`,
  description: help,
  unit: '',
  valueType: ValueType.DOUBLE,
});

const placeOf = ({ series }: FamilyPoint, endTime: HrTime) => ({
  startTime: hrTime(series.startMs),
  endTime,
  attributes: series.labels,
});

const histogramOf = ({ boundaries, counts, count, sum }: HistogramValue) => ({
  buckets: { boundaries: [...boundaries], counts: [...counts] },
  count,
  sum,
});

function hrTime(ms: number): HrTime {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}
