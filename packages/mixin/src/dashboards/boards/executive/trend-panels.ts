import type { ResolvedSpec } from '../../../monitoring-spec.ts';
import { revenue } from '../../../queries/business-queries.ts';
import { requestRate, tenantsServed } from '../../../queries/http-queries.ts';
import { healthFormula, healthScore } from '../../../queries/tenants-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { businessThresholds } from '../../../thresholds/business-thresholds.ts';
import { dataLink, seriesLabel } from '../../frame/links.ts';
import { barGauge } from '../../panels/bar-gauge.ts';
import { query } from '../../panels/panel-query.ts';
import { badBelow, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { uids } from '../../uids.ts';
import { AMOUNTS } from '../business/money-note.ts';
import { whenKnown } from '../business/when-known.ts';

export const load = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by service',
    description: {
      shows: 'Requests a second that each service answered.',
      matters: 'It is how much the product is used, hour by hour.',
      act: 'A hole in the curve is an outage: the red marks tell which alert fired.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['service_name']), '{{service_name}}')],
    stack: true,
  });

export const income = (spec: ResolvedSpec, scope: QueryScope) =>
  whenKnown(revenue(spec, { ...scope, window: '1h' }), (expr) =>
    timeSeries({
      title: 'Revenue of the last hour',
      description: {
        shows: `Amount of paid orders in the hour before each moment, by currency. ${AMOUNTS}`,
        matters: 'It shows the hour in which something went wrong, and when it was right again.',
        act: 'Lay it next to the requests above: orders that fall alone are not a lack of visitors.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(expr, '{{currency}}')],
    }),
  );

export const health = (spec: ResolvedSpec, scope: QueryScope) =>
  barGauge({
    title: 'Tenants that fare worst',
    description: {
      shows: `The ten lowest tenant health scores, 0 to 1.\n\n${healthFormula}`,
      matters: 'An average hides the one customer who is about to leave.',
      act: 'Click the lowest, see what is wrong there, and tell them before they tell you.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(businessThresholds.tenantHealth),
    queries: [
      query(`bottomk(10, ${healthScore(spec, { ...scope, window: '1h' })})`, '{{tenant_id}}', {
        instant: true,
      }),
    ],
    width: 12,
    links: [dataLink('This tenant', uids.tenant, { set: { tenant: seriesLabel('tenant_id') } })],
  });

export const activeTenants = (scope: QueryScope) =>
  timeSeries({
    title: 'Tenants served',
    description: {
      shows: 'Tenants that made requests, over time.',
      matters: 'The lowest point of a working day is how many really depend on us.',
      act: 'A step down at one moment is a fault of many; a slow decline is a question for the business.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(tenantsServed(scope), 'Tenants')],
  });
