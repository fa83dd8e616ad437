import { catalogMetric } from '../../../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { declineRatio, payments, stock } from '../../../queries/business-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { quantile } from '../../../query/promql.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { businessScopes } from './business-scopes.ts';
import { whenKnown } from './when-known.ts';

/** How people pay, and what there is to sell. */
export function shopRow(spec: ResolvedSpec): Row {
  const { now } = businessScopes(spec);
  const duration = catalogMetric(spec, 'commerce.payment.duration');
  const items = catalogMetric(spec, 'commerce.order.items');
  const declined = declineRatio(spec, now, ['method']);
  return row('Payments and stock', [
    whenKnown(payments(spec, now, { by: ['method', 'outcome'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Payments by method',
        description: {
          shows: 'Attempts to pay an hour, by method and outcome.',
          matters: 'A method that nobody can use any more takes its customers with it.',
          act: 'failed: our side or the provider is broken, look at the errors. declined: see the share beside it.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{method}} {{outcome}}')],
      }),
    ),
    whenKnown(declined, (expr) =>
      timeSeries({
        title: 'Declined payments by method',
        description: {
          shows: 'Share of attempts to pay that the provider declined, by method.',
          matters:
            'Tells a provider in trouble from customers without money: then all methods are hit.',
          act: 'One method above the line: see the status page of its provider, and put another one first.',
        },
        unit: unit.ratio,
        thresholds: badAbove(businessThresholds.declineRatio),
        max: 1,
        queries: [query(expr, '{{method}}')],
      }),
    ),
    duration &&
      timeSeries({
        title: 'Time of payments',
        description: {
          shows: 'Seconds that the payment provider took for half and for 95 % of the attempts.',
          matters: 'It is the longest wait of a purchase, and not in our hands.',
          act: 'When it grows, ask the provider; set a deadline, so that a slow one does not fill our pools.',
        },
        unit: unit.seconds,
        thresholds: neutral,
        queries: [0.5, 0.95].map((q) => query(quantile(q, duration, now), `p${q * 100}`)),
      }),
    items &&
      timeSeries({
        title: 'Items in an order',
        description: {
          shows: 'Number of items of half and of 95 % of the placed orders.',
          matters: 'Greater baskets earn more at the same cost of shipping.',
          act: 'When it falls after a deployment, see whether recommendations and quantity fields still work.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [0.5, 0.95].map((q) => query(quantile(q, items, now), `p${q * 100}`)),
      }),
    whenKnown(stock(spec, now, ['category']), (expr) =>
      timeSeries({
        title: 'Stock by category',
        description: {
          shows:
            'Items on stock by category, all selected tenants; every replica reports the same, it is counted once.',
          matters:
            'What is not there can not be sold, and a stock that does not move is money asleep.',
          act: 'A line near zero: order, and take it off the front page until it comes.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 24,
        queries: [query(expr, '{{category}}')],
      }),
    ),
  ]);
}
