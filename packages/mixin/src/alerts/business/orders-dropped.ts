import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { distance, shareOfUsual } from '../../queries/baseline-queries.ts';
import { serviceOrders } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';
import { weeks } from '../test-weeks.ts';

const { comparableOrders, distance: beyond } = baselineThresholds;

export const ordersDropped: AlertSource = (spec) => {
  const metric = catalogMetric(spec, 'commerce.orders');
  const baseline = serviceOrders(spec);
  if (metric === undefined || baseline === undefined) return undefined;
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
    expr: `${shareOfUsual(baseline, comparableOrders)} and ${distance(baseline)} < -${beyond.warning}`,
    for: spec.time('5m'),
    summary:
      '{{ $labels.service_name }} took {{ $value | humanizePercentage }} of the orders that are usual at this hour',
    description:
      'Far fewer orders are paid in this hour than in the same hour of the weeks before. People cannot buy, or do not come: sales are lost while this lasts.',
    dashboard: { uid: uids.baselines, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Paid orders of the last hour are below the band of this hour: more than ${beyond.warning} spreads under the median of the last four weeks, which was at least ${comparableOrders}. A single week that was odd does not move the band; with one week of data the band is wide.`,
      meaning:
        'Shoppers cannot finish an order, or do not arrive at all. Every minute costs revenue. No request has to fail for it: a broken button makes no 5xx. It is a ticket and no page, because a holiday looks the same.',
      look: blocks(
        'Find the step at which people stop. On the e-commerce dashboard, compare the funnel with last week:',
        promql(
          'sum by (action) (increase(commerce_cart_changes_total[1h]))',
          'sum by (action) (increase(commerce_cart_changes_total[1h] offset 1w))',
          'sum by (outcome) (increase(commerce_payments_total[1h]))',
        ),
        [
          '- Product views are down too: people do not arrive. Look at [TrafficDropped](TrafficDropped.md), DNS, the load balancer, a campaign that ended.',
          '- Views are as ever, carts are not: the shop front is broken. Look for a deploy (annotations) and at 4xx by route.',
          '- Carts are as ever, payments fail: see [PaymentsFailing](PaymentsFailing.md).',
          '- One tenant only: `sum by (tenant_id) (increase(commerce_orders_total{status="paid"}[1h]))`.',
        ].join('\n'),
      ),
      mend: steps(
        'A deploy came shortly before: roll it back first, look for the cause later.',
        'Payments fail: follow [PaymentsFailing](PaymentsFailing.md).',
        'Requests fail or are slow: follow the alert of the service, which is open too.',
        'Today is a holiday: nothing is broken. Silence it until the hour is over, with that reason.',
      ),
    },
    tests: [
      {
        name: '40 orders where 120 are usual',
        ...weeks({ [paid]: [60, 60, 60, 60, 20] }),
        fires: [shop],
      },
      {
        name: 'no order at all: the series is gone after a restart',
        ...weeks({ [paid]: [60, 60, 60, 60, undefined] }),
        fires: [shop],
      },
      {
        name: 'a quarter of the week before, which was a sale: the other three weeks say what is usual',
        ...weeks({ [paid]: [60, 60, 60, 240, 60] }),
        fires: [],
      },
      {
        name: 'a third of what is usual, and the week before was an outage that would call it a good hour',
        ...weeks({ [paid]: [60, 60, 60, 10, 20] }),
        fires: [shop],
      },
      {
        name: 'half of weeks that were never alike',
        ...weeks({ [paid]: [30, 90, 40, 80, 30] }),
        fires: [],
      },
      {
        name: 'a third of the only week that there is',
        ...weeks({ [paid]: [60, 20] }),
        fires: [shop],
      },
      {
        name: 'half of the only week that there is, which may have been an odd one',
        ...weeks({ [paid]: [60, 30] }),
        fires: [],
      },
      {
        name: 'a quiet hour, 12 usually and 2 now, is not compared',
        ...weeks({ [paid]: [6, 6, 6, 6, 1] }),
        fires: [],
      },
      {
        name: 'the first day of a service',
        ...weeks({ [paid]: [60] }),
        fires: [],
      },
    ],
  };
};
