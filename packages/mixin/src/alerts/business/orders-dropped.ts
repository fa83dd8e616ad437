import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { paidOrders } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { ordersAgainstLastWeek, comparableOrders } = businessThresholds;

export const ordersDropped: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.orders');
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const now = paidOrders(spec, scope, { by: SERVICE });
  const before = paidOrders(spec, scope, { by: SERVICE, offset: spec.time('1w') });
  if (metric === undefined || now === undefined || before === undefined) return undefined;
  const paid = series(metric, {
    ...replica('shop-1'),
    tenant_id: 'acme',
    status: 'paid',
    currency: 'EUR',
  });
  return {
    name: 'OrdersDropped',
    severity: 'warning',
    team: 'business',
    expr: `(${now} or 0 * ${before}) / ${before} < ${ordersAgainstLastWeek.warning} and ${before} >= ${comparableOrders}`,
    for: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} took {{ $value | humanizePercentage }} of the orders of the same hour last week',
    description:
      'Far fewer orders are paid in this hour than in the same hour of last week. People cannot buy, or do not come: sales are lost while this lasts.',
    dashboard: { uid: uids.ecommerce, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Paid orders of the last hour are below ${ordersAgainstLastWeek.warning * 100} % of the same hour a week ago, although that hour had at least ${comparableOrders}.`,
      meaning:
        'Shoppers cannot finish an order, or do not arrive at all. Every minute costs revenue. No request has to fail for it: a broken button makes no 5xx. It is a ticket and no page, because a holiday looks the same.',
      look: [
        'Find the step at which people stop. On the e-commerce dashboard, compare the funnel with last week:',
        '',
        '```promql',
        'sum by (action) (increase(commerce_cart_changes_total[1h]))',
        'sum by (action) (increase(commerce_cart_changes_total[1h] offset 1w))',
        'sum by (outcome) (increase(commerce_payments_total[1h]))',
        '```',
        '',
        '- Product views are down too: people do not arrive. Look at `TrafficGone`, DNS, the load balancer, a campaign that ended.',
        '- Views are as ever, carts are not: the shop front is broken. Look for a deploy (annotations) and at 4xx by route.',
        '- Carts are as ever, payments fail: see [PaymentsFailing](PaymentsFailing.md).',
        '- One tenant only: `sum by (tenant_id) (increase(commerce_orders_total{status="paid"}[1h]))`.',
      ].join('\n'),
      mend: [
        '1. A deploy came shortly before: roll it back first, look for the cause later.',
        '2. Payments fail: follow [PaymentsFailing](PaymentsFailing.md).',
        '3. Requests fail or are slow: follow the alert of the service, which is open too.',
        '4. Last week was a sale, or today is a holiday: nothing is broken. Silence it until the hour is over, with that reason.',
      ].join('\n'),
    },
    tests: [
      {
        name: '12 orders where there were 120',
        interval: '10m',
        series: { [paid]: '0+20x1008 20160+2x30' },
        at: '7d2h',
        fires: [shop],
      },
      {
        name: 'no order at all: the series is gone after a restart',
        interval: '10m',
        series: { [paid]: '0+20x1008 _x30' },
        at: '7d2h',
        fires: [shop],
      },
      {
        name: 'as many as last week, through a restart that sets the counter back',
        interval: '10m',
        series: { [paid]: '0+20x1008 0+20x30' },
        at: '7d2h',
        fires: [],
      },
      {
        name: 'a quiet hour, 12 last week and 2 now, is not compared',
        interval: '10m',
        series: { [paid]: '0+2x1008 2016+0x30' },
        at: '7d2h',
        fires: [],
      },
    ],
  };
};
