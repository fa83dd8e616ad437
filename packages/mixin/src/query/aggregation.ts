import type { Metric } from '../metrics/metric.ts';
import { isNative, select } from './promql.ts';
import type { QueryScope } from './query-scope.ts';

/** `op by (labels) (expression)`; without labels, one number. `sumBy` is the one for what adds up. */
function aggregate(
  op: 'avg' | 'count' | 'max' | 'min',
): (labels: readonly string[], expression: string) => string {
  return (labels, expression) =>
    labels.length === 0
      ? `${op}(${expression})`
      : `${op} by (${labels.join(', ')}) (${expression})`;
}

export const avgBy = aggregate('avg');
export const countBy = aggregate('count');
/** For what every replica reports alike, or where the worst one counts. */
export const maxBy = aggregate('max');
export const minBy = aggregate('min');

/** `rate(...)` of what a histogram adds up: seconds a second, for a histogram of durations. */
export function rateOfSum(
  histogram: Metric,
  scope: QueryScope,
  matchers: readonly string[] = [],
): string {
  return isNative(histogram, scope)
    ? `histogram_sum(rate(${select(histogram, scope, matchers)}[${scope.window}]))`
    : `rate(${select(histogram, scope, matchers, '_sum')}[${scope.window}])`;
}
