import { expect, test } from 'vitest';
import type { MissingSelector } from './explain-empty.ts';
import type { Finding } from './finding.ts';
import { missingMetrics } from './missing-metrics.ts';

const missing = (metric: string, because: MissingSelector['because'] = 'metric') => ({
  ...{ selector: metric, metric, because },
  message: `no metric ${metric}`,
});
const finding = (...selectors: MissingSelector[]): Finding => ({
  ...{ kind: 'empty', place: { dashboard: 'board' }, message: '' },
  missing: selectors,
});

test('a metric counts once a query, whatever part of a histogram is asked; most wanted first', () => {
  expect(
    missingMetrics([
      finding(missing('app_sales_total')),
      finding(missing('app_wait_seconds_bucket'), missing('app_wait_seconds_count')),
      finding(missing('app_wait_seconds_sum')),
      finding(missing('up', 'value')),
      finding(),
    ]),
  ).toEqual([
    { metric: 'app_wait_seconds', queries: 2 },
    { metric: 'app_sales_total', queries: 1 },
  ]);
});
