import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import {
  clientErrorRatio,
  errorRatio,
  latency,
  requestRate,
  serverTime,
  trafficShare,
} from '../../queries/http-queries.ts';
import { healthFormula, healthScore } from '../../queries/tenants-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { TENANT } from '../../query/service-labels.ts';
import { businessThresholds } from '../../thresholds/business-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { cellValue, dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, badBelow, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import { countriesPanel } from './countries-panel.ts';
import {
  failedStat,
  inProgressStat,
  rejectedStat,
  requestsStat,
  slowestStat,
} from './http-panels.ts';
import { tenantBudgetRow } from './tenant/budget-row.ts';
import { tenantBusinessRow } from './tenant/business-row.ts';
import { tenantDataRow } from './tenant/data-row.ts';

/** One tenant, a few, or all of them next to each other. */
export const tenantDashboard: DashboardSource = {
  uid: uids.tenant,
  folder: folders.services,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.tenant,
      title: 'Tenants',
      description:
        'How is this customer served, and what do they do? Choose one above, or compare all.',
      tags: ['services', 'tenants', 'business'],
      about: [http.serverDuration],
      links: [
        dashboardLink('API performance', uids.api),
        dashboardLink('HTTP detail', uids.http),
        dashboardLink('Business', uids.business),
      ],
      rows: [
        row('Now', [
          requestsStat(scope),
          failedStat(scope),
          rejectedStat(scope),
          slowestStat(scope),
          inProgressStat(scope),
        ]),
        row('Tenants', [tenants(spec, scope)]),
        row('Service', [volume(scope), slowness(scope), failures(scope), health(spec, scope)]),
        tenantBusinessRow(spec, scope),
        tenantDataRow(spec, scope),
        tenantBudgetRow(spec, scope),
        row('Where from', [countriesPanel({ ...scope, window: '$__range' })]),
      ],
    });
  },
};

const here = (tenant: string) => [
  dataLink('Only this tenant', uids.tenant, { set: { tenant } }),
  dataLink('HTTP detail of this tenant', uids.http, { set: { tenant } }),
];

const tenants = (spec: ResolvedSpec, scope: QueryScope) =>
  table({
    title: 'All tenants',
    description: {
      shows: `A row for each tenant: how much they ask, how well and how fast they are answered, and their health.\n\n${healthFormula}`,
      matters: 'Averages over all tenants hide the small one who gets nothing but errors.',
      act: 'Sort by health, lowest first, and click the tenant.',
    },
    rows: [{ label: TENANT, name: 'Tenant', links: here(cellValue) }],
    columns: [
      {
        name: 'Requests/s',
        expr: requestRate(scope, [TENANT]),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: 'Share of traffic',
        expr: trafficShare(scope, [TENANT]),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: '4xx',
        expr: clientErrorRatio(scope, [TENANT]),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: errorRatio(scope, [TENANT]),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.tenantErrorRatio),
      },
      {
        name: 'p95',
        expr: latency(0.95, scope, [TENANT]),
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.tenantLatencyP95),
      },
      {
        name: 'p99',
        expr: latency(0.99, scope, [TENANT]),
        unit: unit.seconds,
        thresholds: neutral,
      },
      {
        name: 'Server time',
        expr: serverTime(scope, [TENANT]),
        unit: unit.seconds,
        thresholds: neutral,
      },
      {
        name: 'Health',
        expr: healthScore(spec, { ...scope, window: '1h' }),
        unit: unit.ratio,
        thresholds: badBelow(businessThresholds.tenantHealth),
      },
    ],
  });

const volume = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by tenant',
    description: {
      shows: 'Requests a second of each tenant, the 15 busiest at each moment.',
      matters: 'One tenant that grows alone can take the room of all the others.',
      act: 'Find the route on HTTP detail, then agree on a limit with them.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(`topk(15, ${requestRate(scope, [TENANT])})`, '{{tenant_id}}')],
    links: here(seriesLabel(TENANT)),
  });

const slowness = (scope: QueryScope) =>
  timeSeries({
    title: 'Time to answer by tenant',
    description: {
      shows: '95th percentile of each tenant, the 15 slowest at each moment.',
      matters: 'A tenant with much data meets slow queries first: tomorrow others will.',
      act: 'Compare its share of traffic; if it is small, look for a query that grows with its data.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.tenantLatencyP95),
    queries: [query(`topk(15, ${latency(0.95, scope, [TENANT])} > 0)`, '{{tenant_id}}')],
    links: here(seriesLabel(TENANT)),
  });

const failures = (scope: QueryScope) =>
  timeSeries({
    title: 'Failed requests by tenant',
    description: {
      shows: 'Share of the requests of each tenant that were answered with 5xx.',
      matters: 'To the one whose requests all fail, an overall error ratio of 1 % means nothing.',
      act: 'One tenant alone: their data or their settings. All: a fault of the service.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.tenantErrorRatio),
    queries: [query(errorRatio(scope, [TENANT]), '{{tenant_id}}')],
    links: here(seriesLabel(TENANT)),
  });

const health = (spec: ResolvedSpec, scope: QueryScope) =>
  timeSeries({
    title: 'Tenant health',
    description: {
      shows: `Health score of each tenant over the last hour, 0 to 1.\n\n${healthFormula}`,
      matters: 'It puts failures, waiting, use and payments into one number that can be compared.',
      act: 'For a score that falls, look which of its four parts fell, in the panels around.',
    },
    unit: unit.ratio,
    max: 1,
    thresholds: badBelow(businessThresholds.tenantHealth),
    queries: [query(healthScore(spec, { ...scope, window: '1h' }), '{{tenant_id}}')],
    links: here(seriesLabel(TENANT)),
  });
