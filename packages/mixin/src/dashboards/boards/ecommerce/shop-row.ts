import { catalogMetric } from '../../../metrics/catalog-metric.ts';
import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { productViews, reportedErrors } from '../../../queries/business-queries.ts';
import { cacheHitRatio } from '../../../queries/cache-queries.ts';
import { checkoutTime } from '../../../queries/checkout-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { panelScope } from '../../../query/query-scope.ts';
import { cacheThresholds } from '../../../thresholds/cache-thresholds.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { whenKnown } from '../business/when-known.ts';

/** How well the shop works for those who want to buy. */
export function shopRow(spec: ResolvedSpec): Row {
  const scope = panelScope(spec.histograms);
  const lookups = catalogMetric(spec, 'cache.lookups');
  const median = checkoutTime(0.5, spec, scope);
  return row('Shop', [
    whenKnown(productViews(spec, scope, { by: ['category'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Product views by category',
        description: {
          shows: 'Product pages seen an hour, by category.',
          matters:
            'What people look at today is what they buy tomorrow; no views at all means that nobody gets in.',
          act: 'When one category falls alone, look for missing prices or pictures; when all fall, at the front page.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 6,
        stack: true,
        queries: [query(perHour(expr), '{{category}}')],
      }),
    ),
    whenKnown(checkoutTime(0.95, spec, scope), (expr) =>
      timeSeries({
        title: 'Checkout time',
        description: {
          shows:
            'Time from the request to the placed order, within which half and 95 % of orders were placed.',
          matters:
            'At no other place does waiting cost as much: a buyer who waits leaves, or pays twice.',
          act: 'Above the line, look at the payment provider first, then at the wait for database connections.',
        },
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.latencyP99),
        width: 6,
        queries: [query(expr, 'p95'), ...(median === undefined ? [] : [query(median, 'p50')])],
      }),
    ),
    whenKnown(lookups && cacheHitRatio(lookups, scope), (expr) =>
      timeSeries({
        title: 'Cache hit ratio',
        description: {
          shows: 'Share of lookups that the cache answered, by cache.',
          matters: 'Each miss is work for the database; when the ratio falls, pages become slow.',
          act: 'Below the line, open Cache and Redis: an invalidation too eager, or a Redis short of memory.',
        },
        unit: unit.ratio,
        thresholds: badBelow(cacheThresholds.hitRatio),
        width: 6,
        max: 1,
        queries: [query(expr, '{{cache}}')],
      }),
    ),
    whenKnown(reportedErrors(spec, scope, { by: ['severity'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Errors by severity',
        description: {
          shows:
            'Errors that the application reported an hour, by severity; low is a mistake of a client.',
          matters: 'High and critical ones are customers who were sent away.',
          act: 'Ask for the type and component in Business intelligence or the logs; roll back when it began with a deployment.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 6,
        queries: [query(perHour(expr), '{{severity}}')],
      }),
    ),
  ]);
}
