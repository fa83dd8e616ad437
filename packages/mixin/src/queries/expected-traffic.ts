import { http } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { rate, sumBy } from '../query/promql.ts';
import { type QueryScope, ruleScope } from '../query/query-scope.ts';
import { serviceThresholds } from '../thresholds/service-thresholds.ts';

/**
 * Requests a second that one may expect now, where there is reason to expect any: the mean of the last hour, or that of the
 * same hour of yesterday where last week says the same. Yesterday alone would expect Saturdays to be like Fridays, and all of
 * them that nobody ever closes: where a busy hour was followed by silence a week ago, none is expected.
 */
export function expectedRequestRate(spec: ResolvedSpec, by: readonly string[]): string {
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const requests = (window: QueryScope, offset: string) =>
    sumBy(by, rate(http.serverDuration, window, [], spec.time(offset)));
  const before = (offset: string) =>
    `${requests(scope, offset)} > ${serviceThresholds.expectedRate}`;
  // The half hour that began a week ago.
  const next = ruleScope(spec.time('30m'), spec.histograms);
  const closes = `(${requests(scope, '1w10m')} > 0 unless ${requests(next, '6d23h30m')} > 0)`;
  return `((${before('10m')} or (${before('1d')} and ${before('1w')})) unless ${closes})`;
}
