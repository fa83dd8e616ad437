import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { wrongLoginShare } from '../../../queries/auth-queries.ts';
import {
  declineRatio,
  logins,
  orders,
  registrations,
  revenue,
  sessionsActive,
} from '../../../queries/business-queries.ts';
import { featureUses, mrrByTenant } from '../../../queries/subscription-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { TENANT } from '../../../query/service-labels.ts';
import { authThresholds } from '../../../thresholds/auth-thresholds.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { type Row, row } from '../../frame/layout.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { whenKnown } from '../business/when-known.ts';

/** What the tenant earns and does, in numbers of the time range. */
export function tenantBusinessRow(spec: ResolvedSpec, scope: QueryScope): Row {
  const whole = { ...scope, window: '$__range' };
  const hour = { ...scope, window: '1h' };
  return row('Business', [
    whenKnown(revenue(spec, whole, { by: [TENANT] }), (expr) =>
      barGauge({
        title: 'Revenue by tenant',
        description: {
          shows: `Amount of paid orders in the time range, by tenant and currency. ${AMOUNTS}`,
          matters: 'It tells whose outage costs most.',
          act: 'When several tenants need help, begin with the one whose bar is missing.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{currency}}', { instant: true })],
      }),
    ),
    whenKnown(orders(spec, whole, { by: [TENANT, 'status'] }), (expr) =>
      barGauge({
        title: 'Orders by tenant',
        description: {
          shows: 'Orders in the time range, by tenant and what became of them.',
          matters: 'Declined and cancelled orders are customers of our customer who went away.',
          act: 'For a tenant with many declined ones, check their payment settings with them.',
        },
        unit: unit.count,
        decimals: 0,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{status}}', { instant: true })],
      }),
    ),
    whenKnown(mrrByTenant(spec, scope), (expr) =>
      barGauge({
        title: 'Recurring revenue by tenant',
        description: {
          shows: `Monthly recurring revenue of each tenant. ${AMOUNTS}`,
          matters: 'It is what we lose when this customer leaves.',
          act: 'Lay it next to the health score: high revenue with low health comes first.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{currency}}', { instant: true })],
      }),
    ),
    whenKnown(declineRatio(spec, hour, [TENANT]), (expr) =>
      timeSeries({
        title: 'Declined payments by tenant',
        description: {
          shows: 'Share of attempts to pay in the last hour that were declined, by tenant.',
          matters:
            'One tenant alone has a problem with their provider account; all have it with ours.',
          act: 'For one, tell them; for all, ask the payment provider.',
        },
        unit: unit.ratio,
        thresholds: badAbove(businessThresholds.declineRatio),
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(logins(spec, hour, { by: [TENANT, 'outcome'] }), (expr) =>
      timeSeries({
        title: 'Logins by tenant',
        description: {
          shows: 'Attempts to log in during the last hour, by tenant and outcome.',
          matters: 'Many wrong credentials for one tenant are an attack on their users.',
          act: 'Block the sources at the edge, and tell the tenant.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{outcome}}')],
      }),
    ),
    whenKnown(wrongLoginShare(spec, { ...scope, window: '15m' }, [TENANT]), (expr) =>
      timeSeries({
        title: 'Wrong credentials by tenant',
        description: {
          shows:
            'Share of the attempts to log in of the last 15 minutes that had wrong credentials, by tenant.',
          matters: 'People mistype one in ten. Nearly all wrong is a machine that guesses.',
          act: 'Above the line: see the runbook of LoginBruteForce.',
        },
        unit: unit.ratio,
        thresholds: badAbove(authThresholds.wrongCredentials),
        max: 1,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(sessionsActive(spec, scope, [TENANT]), (expr) =>
      timeSeries({
        title: 'Sessions by tenant',
        description: {
          shows: 'Sessions that are open now, by tenant.',
          matters: 'It is how many people work with the product at this moment.',
          act: 'Choose an hour with few of them for work that disturbs.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}}')],
      }),
    ),
    whenKnown(registrations(spec, whole, { by: [TENANT, 'outcome'] }), (expr) =>
      barGauge({
        title: 'Accounts by tenant',
        description: {
          shows: 'Accounts created in the time range, by tenant and outcome.',
          matters:
            'A tenant who wins users stays; one with rejected ones has a form that people fail at.',
          act: 'For many rejected ones, try the registration of that tenant yourself.',
        },
        unit: unit.count,
        decimals: 0,
        thresholds: neutral,
        queries: [query(expr, '{{tenant_id}} {{outcome}}', { instant: true })],
        width: 12,
      }),
    ),
    whenKnown(featureUses(spec, whole, { by: [TENANT, 'feature'] }), (expr) =>
      barGauge({
        title: 'Features by tenant',
        description: {
          shows: 'Uses of features in the time range, by tenant, the 20 most frequent.',
          matters: 'A customer who uses one feature only can replace us with something smaller.',
          act: 'Show them the feature that similar tenants use most.',
        },
        unit: unit.count,
        decimals: 0,
        thresholds: neutral,
        queries: [query(`topk(20, ${expr})`, '{{tenant_id}} {{feature}}', { instant: true })],
        width: 12,
      }),
    ),
  ]);
}
