import type { ResolvedSpec } from '../monitoring-spec.ts';
import { errorRate, latency, requestRate } from '../queries/http-queries.ts';
import { ruleScope } from '../query/query-scope.ts';
import { VERSION } from '../query/service-labels.ts';
import type { RuleGroup } from './recording-rule.ts';

/** What is recorded of each version of a service; all look back over 5 minutes. */
export const versionRecords = {
  rate: 'job_version:http_server_requests:rate5m',
  errors: 'job_version:http_server_errors:rate5m',
  p95: 'job_version:http_server_request_duration_seconds:p95_5m',
} as const;

/** Rate, errors and duration by version: three series for each that runs. Those of old versions end by themselves. */
export function versionRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  const { rate, errors, p95 } = versionRecords;
  return [
    {
      name: 'job_version-http',
      rules: [
        { record: rate, expr: requestRate(scope, VERSION) },
        // Zero, not nothing, while there are requests and no errors.
        { record: errors, expr: `${errorRate(scope, VERSION)} or 0 * ${rate}` },
        // A minute without requests has no percentile, and would spoil every mean that it gets into.
        { record: p95, expr: `${latency(0.95, scope, VERSION)} >= 0` },
      ],
    },
  ];
}
