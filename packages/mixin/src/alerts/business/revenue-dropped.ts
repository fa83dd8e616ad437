import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { counted, paidOrders } from '../../queries/business-queries.ts';
import { ruleScope } from '../../query/query-scope.ts';
import { SERVICE } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { replica, series, shop } from '../test-series.ts';

const { revenueAgainstLastWeek, comparableOrders } = businessThresholds;

export const revenueDropped: AlertSource = (spec) => {
  const revenue = catalogMetric(spec, 'commerce.revenue');
  const orders = catalogMetric(spec, 'commerce.orders');
  const scope = ruleScope(spec.time('1h'), spec.histograms);
  const by = [...SERVICE, 'currency'];
  const offset = spec.time('1w');
  // In minor units: a share of itself has none.
  const now = counted(spec, 'commerce.revenue', scope, { by });
  const before = counted(spec, 'commerce.revenue', scope, { by, offset });
  const ordersBefore = paidOrders(spec, scope, { by, offset });
  if (revenue === undefined || orders === undefined) return undefined;
  const labels = { ...replica('shop-1'), tenant_id: 'acme', currency: 'EUR' };
  const amount = series(revenue, labels);
  const paid = series(orders, { ...labels, status: 'paid' });
  return {
    name: 'RevenueDropped',
    severity: 'warning',
    team: 'business',
    expr: `(${now} or 0 * ${before}) / (${before} > 0) < ${revenueAgainstLastWeek.warning} and ${ordersBefore} >= ${comparableOrders}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.service_name }} earns {{ $value | humanizePercentage }} of the {{ $labels.currency }} revenue of the same hour last week',
    description:
      'Paid orders bring in much less in this currency than in the same hour of last week. Either fewer are paid, or their value fell.',
    dashboard: { uid: uids.business, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Revenue of the last hour in one currency is below ${revenueAgainstLastWeek.warning * 100} % of the same hour a week ago, and that hour had at least ${comparableOrders} paid orders in it.`,
      meaning:
        'Shoppers who pay in this currency buy less, buy cheaper things, or cannot pay. Currencies are never added up, so a fall in one country is seen.',
      look: [
        'Is it the number of orders or their value?',
        '',
        '```promql',
        'sum by (currency) (increase(commerce_orders_total{status="paid"}[1h]))',
        'sum by (currency) (increase(commerce_revenue_total[1h])) / sum by (currency) (increase(commerce_orders_total{status="paid"}[1h]))',
        'sum by (tenant_id) (increase(commerce_revenue_total{currency="EUR"}[1h]))',
        '```',
        '',
        'Fewer orders in this currency only: its payment method. Cheaper orders: a price list, a discount code, a rounding mistake.',
      ].join('\n'),
      mend: [
        '1. `OrdersDropped` or a payment alert is open too: follow that one.',
        '2. The average order fell at a deploy or at a change of prices: look at what was changed, and take it back.',
        '3. One tenant only: tell the people who look after that customer.',
        '4. A sale ended or a holiday is on: silence it until the hour is over.',
      ].join('\n'),
    },
    tests: [
      {
        name: 'EUR falls to a tenth while last week had 60 orders an hour',
        interval: '10m',
        series: { [amount]: '0+50000x1008 50400000+5000x30', [paid]: '0+10x1038' },
        at: '7d2h',
        fires: [{ ...shop, currency: 'EUR' }],
      },
      {
        name: 'a currency with twelve orders an hour last week is not compared',
        interval: '10m',
        series: { [amount]: '0+10000x1008 10080000x30', [paid]: '0+2x1008 2016x30' },
        at: '7d2h',
        fires: [],
      },
      {
        name: 'four fifths of last week are ordinary',
        interval: '10m',
        series: { [amount]: '0+50000x1008 50400000+40000x30', [paid]: '0+10x1038' },
        at: '7d2h',
        fires: [],
      },
    ],
  };
};
