import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { funnel } from '../../../queries/business-queries.ts';
import { apiUses, featureAdoption, featureUses } from '../../../queries/subscription-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { type Row, row } from '../../frame/layout.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { type PanelQuery, query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { businessScopes } from './business-scopes.ts';
import { whenKnown } from './when-known.ts';

const instant = { instant: true };

/** What people do with the product. */
export function productRow(spec: ResolvedSpec): Row {
  const { now, range } = businessScopes(spec);
  const outcomes = apiUses(spec, now, { by: ['outcome'], of: 'rate' });
  return row('Product', [
    funnelPanel(funnel(spec, range).map(({ step, expr }) => query(expr, step, instant))),
    whenKnown(featureAdoption(spec, range), (expr) =>
      barGauge({
        title: 'Feature adoption',
        description: {
          shows: 'Number of tenants that used each feature within the time range.',
          matters: 'A feature that few tenants use costs as much to keep as one that all use.',
          act: 'Low after a month: ask those tenants who never tried it, or take it away.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, '{{feature}}', instant)],
      }),
    ),
    whenKnown(apiUses(spec, range), (expr) =>
      barGauge({
        title: 'API popularity',
        description: {
          shows: 'Calls of the ten most used operations of the public API within the time range.',
          matters: 'These are the operations that must never break and are worth making faster.',
          act: 'Write the objectives for the first ones; talk to the callers before changing any of them.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(`topk(10, ${expr})`, '{{operation}}', instant)],
      }),
    ),
    whenKnown(featureUses(spec, now, { of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Uses of features',
        description: {
          shows: 'Uses of each feature an hour.',
          matters: 'Shows whether a new feature stays after the first day.',
          act: 'When one falls to nothing, try it: it may be broken or hidden by the last deployment.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{feature}}')],
      }),
    ),
    whenKnown(outcomes, (expr) =>
      timeSeries({
        title: 'API calls by outcome',
        description: {
          shows:
            'Calls of the public API an hour: succeeded, rejected for what was sent, failed by our fault.',
          matters: "Other companies' programs stand behind these calls and do not look twice.",
          act: 'Failed: open API performance. Rejected, growing: a caller uses an old version, find out which tenant.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{outcome}}')],
      }),
    ),
  ]);
}

function funnelPanel([first, ...more]: readonly PanelQuery[]) {
  return first === undefined
    ? undefined
    : barGauge({
        title: 'Funnel',
        description: {
          shows:
            'From looking at a product to paying for it: how often each step was done within the time range.',
          matters: 'The widest step down is where customers are lost, and where work pays most.',
          act: 'Compare with another week. From carts to orders: look at checkout. From orders to paid: at the payment provider.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [first, ...more],
      });
}
