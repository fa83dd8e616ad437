import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { distance, shareOfUsual } from '../../queries/baseline-queries.ts';
import { tenantOrders } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';
import { weeks } from '../test-weeks.ts';

const { comparableOrders, distance: beyond } = baselineThresholds;

export const tenantOrdersDropped: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.orders');
  const baseline = tenantOrders(spec);
  if (metric === undefined || baseline === undefined) return undefined;
  const paid = (tenant_id: string) =>
    series(metric, { ...replica('shop-1'), tenant_id, status: 'paid', currency: 'EUR' });
  return {
    name: 'TenantOrdersDropped',
    severity: 'warning',
    team: 'business',
    expr: `${shareOfUsual(baseline, comparableOrders)} and ${distance(baseline)} < -${beyond.warning}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.tenant_id }} gets {{ $value | humanizePercentage }} of the orders that are usual at this hour',
    description:
      'The customers of one tenant buy far less than in the same hour of the weeks before. All tenants together may look well: this one is small beside them.',
    dashboard: { uid: uids.baselines, variables: { 'var-job': 'job', 'var-tenant': 'tenant_id' } },
    runbook: {
      symptom: `Paid orders of one tenant in the last hour are below its own band: more than ${beyond.warning} spreads under the median of the last four weeks, which was at least ${comparableOrders}. Smaller tenants have no band.`,
      meaning: 'One customer loses sales by what we run for it, or has taken its shop down itself.',
      look: blocks(
        'Do its shoppers come, and where do they stop?',
        promql(
          'sum by (tenant_id) (increase(commerce_product_views_total[1h]))',
          'sum by (tenant_id, outcome) (increase(commerce_payments_total[1h]))',
        ),
        'Fewer views: see [TenantTrafficDropped](TenantTrafficDropped.md). Views as ever: its prices, its stock, its way to pay.',
      ),
      mend: steps(
        'Its payments fail: follow [TenantPaymentsDeclined](TenantPaymentsDeclined.md).',
        'Its requests fail: follow [TenantErrorRatioHigh](TenantErrorRatioHigh.md).',
        'Nothing fails: ask the people who look after that customer what it changed.',
      ),
    },
    tests: [
      {
        name: 'one tenant of two gets a fifth of its orders, which is little of all',
        ...weeks({ [paid('acme')]: [40, 40, 40, 40, 8], [paid('globex')]: Array(5).fill(400) }),
        fires: [{ ...shop, tenant_id: 'acme' }],
      },
      {
        name: 'a tenant of 20 orders an hour is too small to judge',
        ...weeks({ [paid('acme')]: [10, 10, 10, 10, 0] }),
        fires: [],
      },
    ],
  };
};
