import { http } from '../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { select, sumBy } from '../query/promql.ts';
import { type QueryScope, ruleScope } from '../query/query-scope.ts';
import { SERVICE, TENANT } from '../query/service-labels.ts';
import type { RecordingRule, RuleGroup } from './recording-rule.ts';

/** Their labels, and ours from which they come. */
const renamed = {
  method: 'http_request_method',
  route: 'http_route',
  status_code: 'http_response_status_code',
} as const;

/** One process and one tenant: adding up counters that vanish one by one would look like resets. */
const own = [...SERVICE, 'instance', TENANT];

/**
 * The names that teams know from prom-client and express-prom-bundle, for dashboards that they bring along.
 *
 * Cost: as many series again as the HTTP metrics have, buckets included; therefore optional. Scheme, protocol version and
 * `error.type` are added up.
 */
export function promClientRules(spec: ResolvedSpec): readonly RuleGroup[] {
  const scope = ruleScope(spec.time('5m'), spec.histograms);
  return [
    {
      name: 'prom-client-names',
      rules: [
        ...durationRules(scope),
        { record: 'active_connections', expr: sumBy(own, select(http.activeRequests, scope)) },
      ],
    },
  ];
}

function durationRules(scope: QueryScope): readonly RecordingRule[] {
  const record = 'http_request_duration_seconds';
  if (scope.histograms === 'native') {
    const durations = underTheirNames(select(http.serverDuration, scope));
    return [
      { record, expr: durations },
      { record: 'http_requests_total', expr: `histogram_count(${durations})` },
    ];
  }
  const count = underTheirNames(select(http.serverDuration, scope, [], '_count'));
  return [
    { record: 'http_requests_total', expr: count },
    {
      record: `${record}_bucket`,
      expr: underTheirNames(select(http.serverDuration, scope, [], '_bucket'), ['le']),
    },
    {
      record: `${record}_sum`,
      expr: underTheirNames(select(http.serverDuration, scope, [], '_sum')),
    },
    { record: `${record}_count`, expr: count },
  ];
}

function underTheirNames(series: string, more: readonly string[] = []): string {
  let expr = series;
  for (const [theirs, ours] of Object.entries(renamed))
    expr = `label_replace(${expr}, "${theirs}", "$1", "${ours}", "(.*)")`;
  return sumBy([...own, ...Object.keys(renamed), ...more], expr);
}
