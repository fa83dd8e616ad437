import { http } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { rate, sumBy } from '../query/promql.ts';
import { ruleScope } from '../query/query-scope.ts';
import { serviceThresholds } from '../thresholds/service-thresholds.ts';

/**
 * Requests a second that one may expect now, where there is reason to expect any: the mean of the last hour, or that of the
 * same hour of yesterday where last week says the same. Yesterday alone would expect Saturdays to be like Fridays.
 */
export function expectedRequestRate(spec: ResolvedSpec, by: readonly string[]): string {
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const before = (offset: string) =>
    `${sumBy(by, rate(http.serverDuration, scope, [], spec.time(offset)))} > ${serviceThresholds.expectedRate}`;
  return `(${before('10m')} or (${before('1d')} and ${before('1w')}))`;
}
