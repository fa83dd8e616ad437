import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { cartsOpen, declineRatio, orders, revenue } from '../../../queries/business-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { whenKnown } from '../business/when-known.ts';

/** What is sold. */
export function salesRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  return row('Sales', [
    whenKnown(orders(spec, scope, { by: ['status'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Orders by status',
        description: {
          shows: 'Orders an hour at the pace of each moment, by what became of them.',
          matters: 'The pulse of the shop: an outage that nothing else shows is seen here.',
          act: 'When paid orders fall, compare with declined ones, then with failed requests and checkout time.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 6,
        stack: true,
        queries: [query(perHour(expr), '{{status}}')],
      }),
    ),
    whenKnown(revenue(spec, scope, { of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Revenue by currency',
        description: {
          shows: `Amount of paid orders an hour, before refunds, by currency. ${AMOUNTS}`,
          matters: 'What an hour of trouble costs, and in which market.',
          act: 'When one currency falls alone, check its prices and the payment provider of that market.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 6,
        decimals: 2,
        queries: [query(perHour(expr), '{{currency}}')],
      }),
    ),
    whenKnown(declineRatio(spec, scope), (expr) =>
      timeSeries({
        title: 'Declined payments',
        description: {
          shows: 'Share of attempts to pay that the provider declined.',
          matters:
            'A declined customer wanted to buy. One in five is usual for cards; a jump is not.',
          act: 'Above the line, see the status page of the payment provider, then whether one method or currency is hit.',
        },
        unit: unit.ratio,
        thresholds: badAbove(businessThresholds.declineRatio),
        width: 6,
        max: 1,
        queries: [query(expr, 'Declined')],
      }),
    ),
    whenKnown(cartsOpen(spec, scope), (expr) =>
      timeSeries({
        title: 'Open carts',
        description: {
          shows: 'Carts with something in them that were neither ordered nor abandoned.',
          matters: 'Carts that fill while orders stand still are customers stuck at checkout.',
          act: 'Buy something yourself. If it works, look at the price of shipping; if not, at checkout time.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 6,
        queries: [query(expr, 'Carts')],
      }),
    ),
  ]);
}
