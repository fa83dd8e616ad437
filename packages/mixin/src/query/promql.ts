import type { Metric } from '../metrics/metric.ts';
import type { QueryScope } from './query-scope.ts';

/** `name{matchers}`: one metric as the scope sees it. `suffix` is `_bucket`, `_count` or `_sum` of a classic histogram. */
export function select(
  metric: Metric,
  scope: QueryScope,
  matchers: readonly string[] = [],
  suffix = '',
): string {
  const all = [
    metric.origin === 'service' ? scope.service : scope.target,
    metric.tenant ? scope.tenant : '',
    ...matchers,
  ].filter((matcher) => matcher !== '');
  const braces = all.length === 0 ? '' : `{${all.join(',')}}`;
  return `${metric.name}${suffix}${braces}`;
}

/** `rate(...)` of a counter, or of what a histogram counts. `offset` is how long ago, as `1w`. */
export function rate(
  metric: Metric,
  scope: QueryScope,
  matchers: readonly string[] = [],
  offset = '',
): string {
  return overWindow('rate', metric, scope, matchers, offset);
}

/** The same as a number for the whole window, `increase(...)`. */
export function increase(
  metric: Metric,
  scope: QueryScope,
  matchers: readonly string[] = [],
  offset = '',
): string {
  return overWindow('increase', metric, scope, matchers, offset);
}

/** Whether a histogram is stored as a native one: those of services are where the spec says so, those of scraped servers never. */
export function isNative(histogram: Metric, scope: QueryScope): boolean {
  return scope.histograms === 'native' && histogram.origin === 'service';
}

function overWindow(
  operation: 'rate' | 'increase',
  metric: Metric,
  scope: QueryScope,
  matchers: readonly string[],
  offset: string,
): string {
  const of = (suffix: string) =>
    `${operation}(${select(metric, scope, matchers, suffix)}[${scope.window}]${offset === '' ? '' : ` offset ${offset}`})`;
  if (metric.kind !== 'histogram') return of('');
  return isNative(metric, scope) ? `histogram_count(${of('')})` : of('_count');
}

/** `sum by (labels) (expression)`; without labels, one number. */
export function sumBy(labels: readonly string[], expression: string): string {
  return labels.length === 0
    ? `sum(${expression})`
    : `sum by (${labels.join(', ')}) (${expression})`;
}

/** The value below which the share `q` of the recordings lie, in the unit of the histogram. */
export function quantile(
  q: number,
  histogram: Metric,
  scope: QueryScope,
  { by = [], matchers = [] }: { by?: readonly string[]; matchers?: readonly string[] } = {},
): string {
  return isNative(histogram, scope)
    ? `histogram_quantile(${q}, ${sumBy(by, `rate(${select(histogram, scope, matchers)}[${scope.window}])`)})`
    : `histogram_quantile(${q}, ${sumBy(['le', ...by], `rate(${select(histogram, scope, matchers, '_bucket')}[${scope.window}])`)})`;
}

/** The mean of a histogram, in its unit. */
export function mean(
  histogram: Metric,
  scope: QueryScope,
  { by = [], matchers = [] }: { by?: readonly string[]; matchers?: readonly string[] } = {},
): string {
  const sum = isNative(histogram, scope)
    ? `histogram_sum(rate(${select(histogram, scope, matchers)}[${scope.window}]))`
    : `rate(${select(histogram, scope, matchers, '_sum')}[${scope.window}])`;
  return `${sumBy(by, sum)} / ${sumBy(by, rate(histogram, scope, matchers))}`;
}

/** How many recordings fell into each bucket of a histogram within the window: what a heatmap draws. */
export function buckets(
  histogram: Metric,
  scope: QueryScope,
  matchers: readonly string[] = [],
): string {
  return isNative(histogram, scope)
    ? sumBy([], `increase(${select(histogram, scope, matchers)}[${scope.window}])`)
    : sumBy(['le'], `increase(${select(histogram, scope, matchers, '_bucket')}[${scope.window}])`);
}
