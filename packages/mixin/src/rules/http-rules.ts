import type { ResolvedSpec } from '../monitoring-spec.ts';
import { errorRate, latency, requestRate } from '../queries/http-queries.ts';
import { ruleScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import type { RuleGroup } from './recording-rule.ts';

/** How far a level is added up; `job` stands for a service in an environment. */
const levels = {
  job: SERVICE,
  job_route: [...SERVICE, 'http_route'],
  job_tenant: [...SERVICE, TENANT],
} as const;

export type HttpLevel = keyof typeof levels;

/** The names of the recorded series of one level; all look back over 5 minutes. */
export function httpRecords(level: HttpLevel) {
  const duration = `${level}:http_server_request_duration_seconds`;
  return {
    rate: `${level}:http_server_requests:rate5m`,
    errors: `${level}:http_server_errors:rate5m`,
    errorRatio: `${level}:http_server_errors:ratio_rate5m`,
    p50: `${duration}:p50_5m`,
    p90: `${duration}:p90_5m`,
    p99: `${duration}:p99_5m`,
  } as const;
}

/**
 * Rate, errors and duration of every service, route and tenant.
 *
 * Cost: six series for each service, each route and each tenant of a service. A service with 30 routes and 200 tenants
 * makes 6 * (1 + 30 + 200) = 1,386; not route by tenant, which would make 36,000. In return a page that shows a month
 * reads one series instead of all replicas, methods, status codes and buckets of it.
 */
export function httpRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  return (Object.keys(levels) as HttpLevel[]).map((level) => {
    const by = levels[level];
    const { rate, errors, errorRatio, p50, p90, p99 } = httpRecords(level);
    return {
      name: `${level}-http`,
      rules: [
        { record: rate, expr: requestRate(scope, by) },
        // Zero, not nothing, while there are requests and no errors.
        { record: errors, expr: `${errorRate(scope, by)} or 0 * ${rate}` },
        { record: errorRatio, expr: `${errors} / ${rate}` },
        { record: p50, expr: latency(0.5, scope, by) },
        { record: p90, expr: latency(0.9, scope, by) },
        { record: p99, expr: latency(0.99, scope, by) },
      ],
    };
  });
}
