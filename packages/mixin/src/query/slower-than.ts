import type { Metric } from '../metrics/metric.ts';
import { bucketBound } from './bucket-bound.ts';
import { isNative, rate, select, sumBy } from './promql.ts';
import type { QueryScope } from './query-scope.ts';

/**
 * Recordings a second above `bound`. With classic histograms `bound` must be one of the boundaries: anything else finds no
 * bucket and gives nothing.
 */
export function slowerThan(
  bound: number,
  histogram: Metric,
  scope: QueryScope,
  by: readonly string[] = [],
  matchers: readonly string[] = [],
): string {
  const all = sumBy(by, rate(histogram, scope, matchers));
  if (isNative(histogram, scope)) {
    const distribution = sumBy(by, `rate(${select(histogram, scope, matchers)}[${scope.window}])`);
    return `histogram_fraction(${bound}, +Inf, ${distribution}) * ${all}`;
  }
  const bucket = select(
    histogram,
    scope,
    [...matchers, `le="${bucketBound(histogram, bound)}"`],
    '_bucket',
  );
  return `${all} - ${sumBy(by, `rate(${bucket}[${scope.window}])`)}`;
}
