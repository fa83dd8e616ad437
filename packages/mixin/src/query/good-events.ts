import type { Metric } from '../metrics/metric.ts';
import { isNative, rate, select, sumBy } from './promql.ts';
import type { QueryScope } from './query-scope.ts';

/** Recordings a second that are at most `within`, a bucket bound of the histogram. */
export function rateWithin(
  histogram: Metric,
  within: number,
  scope: QueryScope,
  by: readonly string[],
): string {
  if (isNative(histogram, scope)) {
    const recordings = sumBy(by, `rate(${select(histogram, scope)}[${scope.window}])`);
    // The fraction of no recordings is not a number, and would spoil every sum that it gets into.
    return `histogram_fraction(-Inf, ${within}, ${recordings}) * histogram_count(${recordings}) >= 0`;
  }
  return sumBy(
    by,
    `rate(${select(histogram, scope, [bucketBound(within)], '_bucket')}[${scope.window}])`,
  );
}

/** A whole number is `1` when it comes by OTLP and `1.0` when it is scraped. */
function bucketBound(within: number): string {
  return Number.isInteger(within) ? `le=~"${within}|${within}[.]0"` : `le="${within}"`;
}

/** What is left of `all` without `good`; zero, not nothing, where all are good or none is. */
export function without(all: string, good: string): string {
  return `clamp_min(${all} - (${good} or 0 * ${all}), 0)`;
}

/** Events a second of a counter, chosen by the values of its labels. */
export function rateOf(
  counter: Metric,
  matchers: readonly string[],
  scope: QueryScope,
  by: readonly string[],
): string {
  return sumBy(by, rate(counter, scope, matchers));
}
