import type { Metric } from '../metrics/metric.ts';
import { http } from '../metrics/sdk-metrics.ts';
import { replica, series } from './test-series.ts';

type Labels = Readonly<Record<string, string>>;

/** The series of a classic histogram in promtool's notation; `le` to values, `+Inf` is how many there were. */
export function histogramSeries(
  metric: Metric,
  labels: Labels,
  within: Labels & { readonly '+Inf': string },
): Record<string, string> {
  const bucket = Object.entries(within).map(([le, values]) => [
    series(metric, { ...labels, le }, '_bucket'),
    values,
  ]);
  return { ...Object.fromEntries(bucket), [series(metric, labels, '_count')]: within['+Inf'] };
}

/** How often a replica answered, by status code. */
export function answers(byStatus: Labels, labels: Labels = {}): Record<string, string> {
  const entries = Object.entries(byStatus).map(([status, values]) => [
    series(
      http.serverDuration,
      requestLabels({ http_response_status_code: status, ...labels }),
      '_count',
    ),
    values,
  ]);
  return Object.fromEntries(entries);
}

/** How often a replica answered within how many seconds. */
export function answersWithin(
  within: Labels & { readonly '+Inf': string },
  labels: Labels = {},
): Record<string, string> {
  const all = requestLabels({ http_response_status_code: '200', ...labels });
  return histogramSeries(http.serverDuration, all, within);
}

function requestLabels(labels: Labels): Labels {
  return {
    ...replica('shop-1'),
    http_request_method: 'GET',
    http_route: '/products',
    tenant_id: 'acme',
    ...labels,
  };
}
