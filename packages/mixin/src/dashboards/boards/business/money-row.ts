import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import {
  averageOrderValue,
  paidOrders,
  refunds,
  revenue,
} from '../../../queries/business-queries.ts';
import { perHour } from '../../../query/per-hour.ts';
import { type Row, row } from '../../frame/layout.ts';
import { cellValue, dataLink } from '../../frame/links.ts';
import { query } from '../../panels/panel-query.ts';
import { neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { stat } from '../../panels/stat.ts';
import { table } from '../../panels/table.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { businessScopes } from './business-scopes.ts';
import { AMOUNTS } from './money-note.ts';
import { whenKnown } from './when-known.ts';

const TENANT_AND_CURRENCY = [
  {
    label: 'tenant_id',
    name: 'Tenant',
    links: [dataLink('Tenant', uids.tenant, { set: { tenant: cellValue } })],
  },
  { label: 'currency', name: 'Currency' },
] as const;

/** What comes in. */
export function moneyRow(spec: ResolvedSpec): Row {
  const { now, range } = businessScopes(spec);
  const byTenant = { by: ['tenant_id'] };
  const orders = paidOrders(spec, range, { by: ['tenant_id', 'currency'] });
  const average = averageOrderValue(spec, range, byTenant);
  return row('Revenue', [
    whenKnown(revenue(spec, range), (expr) =>
      stat({
        title: 'Revenue',
        description: {
          shows: `Amount of paid orders within the time range, before refunds, by currency. ${AMOUNTS}`,
          matters: 'What the whole of it is for.',
          act: 'When one currency is missing, check its prices and the payment provider for that currency.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 12,
        decimals: 2,
        queries: [query(expr, '{{currency}}', { instant: true })],
      }),
    ),
    whenKnown(refunds(spec, range), (expr) =>
      stat({
        title: 'Refunds',
        description: {
          shows: `Amount paid back within the time range, by currency. ${AMOUNTS}`,
          matters: 'Money that came and went again, with the costs of both ways.',
          act: 'When it grows, ask support which product or delivery the refunds are about.',
        },
        unit: unit.count,
        thresholds: neutral,
        width: 12,
        decimals: 2,
        noValue: 'none',
        queries: [query(expr, '{{currency}}', { instant: true })],
      }),
    ),
    whenKnown(revenue(spec, now, { of: 'rate' }), (expr) =>
      timeSeries({
        title: 'Revenue an hour by currency',
        description: {
          shows: `Amount of paid orders an hour, at the pace of each moment, by currency. ${AMOUNTS}`,
          matters: 'The shortest way to see that something costs money right now.',
          act: 'Compare with the same hour of another day, then with declined payments and failed requests.',
        },
        unit: unit.count,
        thresholds: neutral,
        decimals: 2,
        queries: [query(perHour(expr), '{{currency}}')],
      }),
    ),
    whenKnown(revenue(spec, range, byTenant), (expr) =>
      table({
        title: 'Revenue by tenant',
        description: {
          shows: `Amount and number of paid orders, and the average order, within the time range, by tenant and currency. ${AMOUNTS}`,
          matters: 'Whose customers bring the money; what a fault of one tenant costs.',
          act: 'Click a tenant to see how well it is served. A great tenant with few orders needs a call.',
        },
        width: 12,
        height: 8,
        rows: TENANT_AND_CURRENCY,
        columns: [
          { name: 'Revenue', expr, unit: unit.count, thresholds: neutral },
          ...(orders === undefined
            ? []
            : [{ name: 'Paid orders', expr: orders, unit: unit.count, thresholds: neutral }]),
          ...(average === undefined
            ? []
            : [{ name: 'Average order', expr: average, unit: unit.count, thresholds: neutral }]),
        ],
      }),
    ),
  ]);
}
