import { http } from '../metrics/sdk-metrics.ts';
import { isNative, select } from '../query/promql.ts';
import type { QueryScope } from '../query/query-scope.ts';

/** The values that a label of requests has had within the window of the scope: one series of value 1 for each. */
const present =
  (label: string) =>
  (scope: QueryScope): string => {
    const suffix = isNative(http.serverDuration, scope) ? '' : '_count';
    return `group by (${label}) (last_over_time(${select(http.serverDuration, scope, [], suffix)}[${scope.window}]))`;
  };

export const environments = present('deployment_environment_name');
export const services = present('service_name');
export const routes = present('http_route');
