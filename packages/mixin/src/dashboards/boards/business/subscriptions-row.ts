import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  churnedMrr,
  churnRatio,
  mrr,
  mrrByTenant,
  planMix,
  subscriptionChanges,
} from '../../../queries/subscription-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { pieChart } from '../../panels/pie-chart.ts';
import { stat } from '../../panels/stat.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { businessScopes } from './business-scopes.ts';
import { AMOUNTS } from './money-note.ts';
import { whenKnown } from './when-known.ts';

/** What comes every month, and what stops coming. */
export function subscriptionsRow(spec: ResolvedSpec): Row {
  const { now, range } = businessScopes(spec);
  const churnedByTenant = churnedMrr(spec, range, { by: ['tenant_id'] });
  return row('Subscriptions', [
    whenKnown(mrr(spec, now), (expr) =>
      stat({
        title: 'Monthly recurring revenue',
        description: {
          shows: `What all subscriptions that run now bring a month, by currency. ${AMOUNTS} Every replica reports the same amount; it is counted once.`,
          matters: 'The base on which salaries and servers are planned.',
          act: 'A step down without cancellations means that the job that computes it failed: look at its logs.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 12,
        decimals: 2,
        queries: [query(expr, '{{currency}}')],
      }),
    ),
    whenKnown(churnRatio(spec, range, { offset: '' }), (expr) =>
      stat({
        title: 'Churn of recurring revenue',
        description: {
          shows:
            'Monthly recurring revenue that was cancelled within the time range, as a share of what is left now, by currency. The colours are meant for a range of one day.',
          matters: 'Growth has to win this back first, every month again.',
          act: 'See MRR by tenant for who left, ask them why, and look at how they were served before.',
        },
        unit: unit.ratio,
        thresholds: badAbove(businessThresholds.churnRatio),
        width: 12,
        noValue: 'none',
        queries: [query(expr, '{{currency}}', { instant: true })],
      }),
    ),
    whenKnown(mrrByTenant(spec, range), (expr) =>
      table({
        title: 'MRR by tenant',
        description: {
          shows: `Monthly recurring revenue now, and what was cancelled within the time range, by tenant and currency. ${AMOUNTS}`,
          matters: 'Which customers the business stands on.',
          act: 'Click a tenant before a talk with it: its errors and times are the first thing it will bring up.',
        },
        width: 12,
        height: 8,
        rows: [
          {
            label: 'tenant_id',
            name: 'Tenant',
            links: [dataLink('Tenant', uids.tenant, { set: { tenant: cellValue } })],
          },
          { label: 'currency', name: 'Currency' },
        ],
        columns: [
          { name: 'MRR', expr, unit: unit.count, thresholds: neutral },
          ...(churnedByTenant === undefined
            ? []
            : [
                { name: 'Cancelled', expr: churnedByTenant, unit: unit.count, thresholds: neutral },
              ]),
        ],
      }),
    ),
    whenKnown(planMix(spec, now), (expr) =>
      pieChart({
        title: 'Plans',
        description: {
          shows: 'Subscriptions that run now, by plan.',
          matters: 'Shows whether people stay on the cheapest plan or grow out of it.',
          act: 'When the middle plan is empty, look at the limits of the plan below it.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 12,
        queries: [query(expr, '{{plan}}')],
      }),
    ),
    whenKnown(subscriptionChanges(spec, now, { by: ['change'], of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Changes of subscriptions',
        description: {
          shows:
            'Subscriptions that start, go up, go down, renew, are cancelled or run out, an hour.',
          matters: 'Cancelled and expired above started means that the business shrinks.',
          act: 'When cancellations rise right after a deployment or a price change, ask what it took away.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(perHour(expr), '{{change}}')],
      }),
    ),
    whenKnown(churnedMrr(spec, range), (expr) =>
      stat({
        title: 'Cancelled revenue',
        description: {
          shows: `Monthly recurring revenue lost by cancellations within the time range, by currency. ${AMOUNTS}`,
          matters: 'The amount behind the churn: one great customer or many small ones.',
          act: 'Compare with Changes of subscriptions: few changes and a great amount is one customer to call today.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 12,
        height: 8,
        decimals: 2,
        noValue: 'none',
        queries: [query(expr, '{{currency}}', { instant: true })],
      }),
    ),
  ]);
}
