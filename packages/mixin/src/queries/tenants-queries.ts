import { bellwether, http } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { TENANT } from '../query/service-labels.ts';
import { serviceThresholds } from '../thresholds/service-thresholds.ts';
import { declineRatio } from './business-queries.ts';
import { errorRatio, requestRate } from './http-queries.ts';

/** Tenants that keep their own name. Every replica has a budget of its own: the fullest one counts. */
export const tenantsAdmitted = (scope: QueryScope, by: readonly string[] = []): string =>
  `max${by.length === 0 ? '' : ` by (${by.join(', ')})`} (${select(bellwether.admitted, scope)})`;

/** Recordings a second of tenants beyond the budget, added up under `__other__`. */
export const foldedRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(bellwether.folded, scope));

/** Idle tenants a second that gave their name back to a newcomer. */
export const evictedRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(bellwether.evicted, scope));

/** Malformed tenant ids a second. */
export const refusedIdRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(bellwether.refusedTenants, scope));

/** Recordings a second that meters refused. By `reason` if asked. */
export const refusedRecordingRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(bellwether.refused, scope));

/** Share of each tenant's requests that were answered within `seconds`, a bucket bound, 0 to 1. */
export function withinShare(scope: QueryScope, seconds: number, by: readonly string[]): string {
  if (scope.histograms === 'native')
    return `histogram_fraction(0, ${seconds}, ${sumBy(by, `rate(${select(http.serverDuration, scope)}[${scope.window}])`)})`;
  // As it comes by OTLP, and as Prometheus writes it when it scrapes.
  const bound = Number.isInteger(seconds) ? `le=~"${seconds}|${seconds}[.]0"` : `le="${seconds}"`;
  const fast = `rate(${select(http.serverDuration, scope, [bound], '_bucket')}[${scope.window}])`;
  return `${sumBy(by, fast)} / ${requestRate(scope, by)}`;
}

/** What each part of the health score weighs; together 1. */
export const healthWeights = {
  availability: 0.4,
  latency: 0.3,
  traffic: 0.15,
  business: 0.15,
} as const;

/** For the description of the panels that show it: a list, as Markdown would join plain lines. */
export const healthFormula = [
  `${healthWeights.availability} x availability: 1 without errors, 0 at ${serviceThresholds.errorRatio.critical * 100} % of requests answered with 5xx`,
  `${healthWeights.latency} x latency: share of requests answered within ${serviceThresholds.latencyP99.warning} s`,
  `${healthWeights.traffic} x traffic: requests against the same time a day ago, at most 1`,
  `${healthWeights.business} x business: share of attempts to pay that were not declined`,
  'a part of which nothing is known counts as 1',
]
  .map((line) => `- ${line}`)
  .join('\n');

/**
 * How well each tenant is served, 0 to 1: see `healthFormula`. It has a value for every tenant that has requests now or
 * had them a day ago.
 */
export function healthScore(spec: ResolvedSpec, asked: QueryScope): string {
  const by = [TENANT];
  const named = [asked.tenant, `${TENANT}!=""`].filter((matcher) => matcher !== '').join(',');
  const scope = { ...asked, tenant: named };
  const now = requestRate(scope, by);
  const dayBefore = sumBy(by, rate(http.serverDuration, scope, [], spec.time('1d')));
  const known = `(0 * (${now} or ${dayBefore}) + 1)`;
  const declined = declineRatio(spec, scope, by);
  const { errorRatio: errors, latencyP99 } = serviceThresholds;
  const part = (weight: number, value: string) => `${weight} * ((${value}) or ${known})`;
  // A share of no requests is not a number: the comparison leaves it out, as something that is not known.
  return [
    part(
      healthWeights.availability,
      `clamp(1 - (${errorRatio(scope, by)} >= 0) / ${errors.critical}, 0, 1)`,
    ),
    part(healthWeights.latency, `${withinShare(scope, latencyP99.warning, by)} >= 0`),
    part(healthWeights.traffic, `clamp_max((${now} or 0 * ${dayBefore}) / (${dayBefore} > 0), 1)`),
    part(healthWeights.business, declined === undefined ? known : `1 - (${declined})`),
  ].join(' + ');
}
