import { http } from '../metrics/sdk-metrics.ts';
import { rateOfSum } from '../query/aggregation.ts';
import { sumBy } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { errorRate, latency } from './http-queries.ts';

/** A route as people name it; the same path of two services is two routes. */
const ROUTE = ['service_name', 'http_request_method', 'http_route'] as const;

/** The `n` routes whose quantile `q` is the highest, in seconds. Routes without a request in the window are left out. */
export const slowestRoutes = (n: number, q: number, scope: QueryScope): string =>
  `topk(${n}, ${latency(q, scope, ROUTE)} > 0)`;

/** The `n` routes with the most failed requests (5xx) a second; none when none fails. */
export const failingRoutes = (n: number, scope: QueryScope): string =>
  `topk(${n}, ${errorRate(scope, ROUTE)} > 0)`;

/** The `n` routes on which services spend the most time: seconds a second, which is requests under way on average. */
export const costliestRoutes = (n: number, scope: QueryScope): string =>
  `topk(${n}, ${sumBy(ROUTE, rateOfSum(http.serverDuration, scope))})`;
