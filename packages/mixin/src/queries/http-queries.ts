import { http } from '../metrics/sdk-metrics.ts';
import { quantile, rate, select, sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

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
