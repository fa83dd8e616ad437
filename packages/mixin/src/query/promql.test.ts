import { expect, test } from 'vitest';
import { scraped } from '../metrics/metric.ts';
import { http } from '../metrics/sdk-metrics.ts';
import { mean, quantile, rate } from './promql.ts';
import { ruleScope } from './query-scope.ts';

const native = ruleScope('5m', 'native');
const latency = scraped('server_latency_seconds', 'histogram', 'of a server that is scraped');

test('in the native flavour histograms of services are native, those of scraped servers stay classic', () => {
  expect(rate(http.serverDuration, native)).toBe(
    'histogram_count(rate(http_server_request_duration_seconds[5m]))',
  );
  expect(rate(latency, native)).toBe('rate(server_latency_seconds_count[5m])');
  expect(quantile(0.9, latency, native)).toBe(
    'histogram_quantile(0.9, sum by (le) (rate(server_latency_seconds_bucket[5m])))',
  );
  expect(mean(latency, native)).toBe(
    'sum(rate(server_latency_seconds_sum[5m])) / sum(rate(server_latency_seconds_count[5m]))',
  );
});
