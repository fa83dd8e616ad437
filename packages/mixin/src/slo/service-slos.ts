import { percent } from '../alerts/prose.ts';
import { series } from '../alerts/test-series.ts';
import { http } from '../metrics/sdk-metrics.ts';
import type { ServiceObjective } from '../monitoring-spec.ts';
import { errorRate, requestRate } from '../queries/http-queries.ts';
import type { QueryScope } from '../query/query-scope.ts';
import { latencySlo } from './latency-slo.ts';
import type { Slo } from './slo.ts';

/** What is promised about the HTTP requests of one service. */
export function serviceSlos({ service, availability, latency }: ServiceObjective): readonly Slo[] {
  const only = (scope: QueryScope): QueryScope => ({
    ...scope,
    service: [scope.service, `service_name="${service}"`].filter((one) => one !== '').join(','),
  });
  return [
    ...(availability === undefined
      ? []
      : [availabilitySlo(service, availability, only, latency?.within)]),
    ...(latency === undefined
      ? []
      : [
          latencySlo({
            id: `${service}-http-latency`,
            service,
            things: `requests to ${service}`,
            metric: http.serverDuration,
            only,
            ...latency,
          }),
        ]),
  ];
}

function availabilitySlo(
  service: string,
  target: number,
  only: (scope: QueryScope) => QueryScope,
  within: number | undefined,
): Slo {
  return {
    id: `${service}-http-availability`,
    service,
    target,
    promise: `${percent(target)} of requests to ${service} do not end with 5xx`,
    metric: http.serverDuration,
    events: (scope, by) => requestRate(only(scope), by),
    badEvents: (scope, by) =>
      `${errorRate(only(scope), by)} or 0 * ${requestRate(only(scope), by)}`,
    series: (labels, { good, bad }) => ({
      ...answered({ ...labels, http_response_status_code: '200' }, good, within),
      ...answered({ ...labels, http_response_status_code: '500' }, bad, within),
    }),
  };
}

/** Answers that all came within the time that the same service promises, if it does. */
function answered(
  labels: Readonly<Record<string, string>>,
  count: string,
  within: number | undefined,
): Record<string, string> {
  const bucket = (le: number) => series(http.serverDuration, { ...labels, le: `${le}` }, '_bucket');
  return {
    ...(within !== undefined && { [bucket(within)]: count }),
    [series(http.serverDuration, labels, '_count')]: count,
  };
}
