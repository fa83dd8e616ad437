import { http } from '../metrics/sdk-metrics.ts';
import { rateOfSum } from '../query/aggregation.ts';
import { orZero, share } from '../query/or-zero.ts';
import { buckets, increase, mean, quantile, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { TENANT } from '../query/service-labels.ts';

const SERVER_ERROR = 'http_response_status_code=~"5.."';

/** Requests a second. */
export const requestRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(http.serverDuration, scope));

/** Requests a second that the server failed (5xx). */
export const errorRate = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rate(http.serverDuration, scope, [SERVER_ERROR]));

/** Share of requests that the server failed, 0 to 1. Zero, not nothing, while there are requests and no errors. */
export const errorRatio = (scope: QueryScope, by: readonly string[] = []): string =>
  `(${errorRate(scope, by)} or 0 * ${requestRate(scope, by)}) / ${requestRate(scope, by)}`;

/** Seconds below which the share `q` of requests was answered. */
export const latency = (q: number, scope: QueryScope, by: readonly string[] = []): string =>
  quantile(q, http.serverDuration, scope, { by });

/** Requests a second, by status code. */
export const requestsByStatus = (scope: QueryScope, by: readonly string[] = []): string =>
  requestRate(scope, ['http_response_status_code', ...by]);

/** Requests accepted and not yet answered; a replica counts its own. */
export const activeRequests = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, select(http.activeRequests, scope));

/** Requests a second whose status begins with this digit: `4` are the client's mistakes, `5` the server's. */
export const requestsOfClass = (
  firstDigit: 2 | 3 | 4 | 5,
  scope: QueryScope,
  by: readonly string[] = [],
): string => {
  const matcher = `http_response_status_code=~"${firstDigit}.."`;
  return orZero(sumBy(by, rate(http.serverDuration, scope, [matcher])), requestRate(scope, by));
};

/** Share of requests that were answered with 4xx, 0 to 1. */
export const clientErrorRatio = (scope: QueryScope, by: readonly string[] = []): string =>
  share(
    sumBy(by, rate(http.serverDuration, scope, ['http_response_status_code=~"4.."'])),
    requestRate(scope, by),
  );

/** Requests in the whole window. */
export const requestCount = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, increase(http.serverDuration, scope));

/** Requests in the whole window that the server failed (5xx). */
export const errorCount = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, increase(http.serverDuration, scope, [SERVER_ERROR]));

/** Instances that reported requests within the window. */
export const answeringInstances = (scope: QueryScope, by: readonly string[] = []): string => {
  const each = sumBy([...by, 'instance'], rate(http.serverDuration, scope));
  return by.length === 0 ? `count(${each})` : `count by (${by.join(', ')}) (${each})`;
};

/** Tenants that made at least one request within the window. What belongs to none, such as health checks, is none. */
export const tenantsServed = (scope: QueryScope): string =>
  `count(${sumBy([TENANT], rate(http.serverDuration, scope, [`${TENANT}!=""`]))} > 0)`;

/** Mean seconds to answer. */
export const meanLatency = (scope: QueryScope, by: readonly string[] = []): string =>
  mean(http.serverDuration, scope, { by });

/** How many requests took how long, for a heatmap. */
export const latencyBuckets = (scope: QueryScope): string => buckets(http.serverDuration, scope);

/** Requests in the whole window, by the country that a trusted edge named. */
export const requestsByCountry = (scope: QueryScope): string =>
  sumBy(['geo_country_iso_code'], increase(http.serverCountries, scope));

/** Share of requests that were not answered with 5xx, 0 to 1. */
export const availability = (scope: QueryScope, by: readonly string[] = []): string =>
  `1 - ${errorRatio(scope, by)}`;

/** Share of the requests of all tenants, 0 to 1. */
export const trafficShare = (scope: QueryScope, by: readonly string[]): string =>
  `${requestRate(scope, by)} / on () group_left () ${requestRate({ ...scope, tenant: '' })}`;

/** Seconds that servers spend a second: the requests under way on average. */
export const serverTime = (scope: QueryScope, by: readonly string[] = []): string =>
  sumBy(by, rateOfSum(http.serverDuration, scope));
