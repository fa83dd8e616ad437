import { uids } from '../../dashboards/uids.ts';
import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { distance, shareOfUsual, usual } from '../../queries/baseline-queries.ts';
import { currencyOrders, currencyRevenue } from '../../rules/baselines.ts';
import { baselineThresholds } from '../../thresholds/baseline-thresholds.ts';
import type { AlertSource } from '../alert.ts';
import { blocks, promql, steps } from '../prose.ts';
import { replica, series, shop } from '../test-series.ts';
import { type Weeks, weeks } from '../test-weeks.ts';

const { comparableOrders, distance: beyond } = baselineThresholds;

export const revenueDropped: AlertSource = (spec) => {
  const amounts = catalogMetric(spec, 'commerce.revenue');
  const counts = catalogMetric(spec, 'commerce.orders');
  const revenue = currencyRevenue(spec);
  const orders = currencyOrders(spec);
  if (amounts === undefined || counts === undefined) return undefined;
  if (revenue === undefined || orders === undefined) return undefined;
  const labels = { ...replica('shop-1'), tenant_id: 'acme', currency: 'EUR' };
  const amount = series(amounts, labels);
  const paid = series(counts, { ...labels, status: 'paid' });
  const sold = (amountOfWeeks: Weeks, ordersOfWeeks: Weeks) =>
    weeks({ [amount]: amountOfWeeks, [paid]: ordersOfWeeks });
  return {
    name: 'RevenueDropped',
    severity: 'warning',
    team: 'business',
    expr: `${shareOfUsual(revenue, 1)} and ${distance(revenue)} < -${beyond.warning} and ${usual(orders)} >= ${comparableOrders}`,
    for: spec.time('15m'),
    summary:
      '{{ $labels.service_name }} earns {{ $value | humanizePercentage }} of the {{ $labels.currency }} revenue that is usual at this hour',
    description:
      'Paid orders bring in much less in this currency than in the same hour of the weeks before. Either fewer are paid, or their value fell.',
    dashboard: { uid: uids.baselines, variables: { 'var-job': 'job' } },
    runbook: {
      symptom: `Revenue of the last hour in one currency is below the band of this hour: more than ${beyond.warning} spreads under the median of the last four weeks, in which this hour had at least ${comparableOrders} paid orders.`,
      meaning:
        'Shoppers who pay in this currency buy less, buy cheaper things, or cannot pay. Currencies are never added up, so a fall in one country is seen.',
      look: blocks(
        'Is it the number of orders or their value?',
        promql(
          'sum by (currency) (increase(commerce_orders_total{status="paid"}[1h]))',
          'sum by (currency) (increase(commerce_revenue_total[1h])) / sum by (currency) (increase(commerce_orders_total{status="paid"}[1h]))',
          'sum by (tenant_id) (increase(commerce_revenue_total{currency="EUR"}[1h]))',
        ),
        'Fewer orders in this currency only: its payment method. Cheaper orders: a price list, a discount code, a rounding mistake.',
      ),
      mend: steps(
        '`OrdersDropped` or a payment alert is open too: follow that one.',
        'The average order fell at a deploy or at a change of prices: look at what was changed, and take it back.',
        'One tenant only: tell the people who look after that customer.',
        'A holiday is on: silence it until the hour is over.',
      ),
    },
    tests: [
      {
        name: 'EUR falls to a tenth although as many orders as ever are paid',
        ...sold([150_000, 150_000, 150_000, 150_000, 15_000], [30, 30, 30, 30, 30]),
        fires: [{ ...shop, currency: 'EUR' }],
      },
      {
        name: 'a fifth of usual, after a week of a sale',
        ...sold([150_000, 150_000, 150_000, 900_000, 30_000], [30, 30, 30, 90, 20]),
        fires: [{ ...shop, currency: 'EUR' }],
      },
      {
        name: 'a currency with twelve orders an hour is not compared',
        ...sold([30_000, 30_000, 30_000, 30_000, 0], [6, 6, 6, 6, 0]),
        fires: [],
      },
      {
        name: 'two thirds of usual: with 60 orders an hour, chance alone does that',
        ...sold([150_000, 150_000, 150_000, 150_000, 100_000], [30, 30, 30, 30, 25]),
        fires: [],
      },
    ],
  };
};
