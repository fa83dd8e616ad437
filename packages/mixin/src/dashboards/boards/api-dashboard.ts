import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import {
  clientErrorRatio,
  errorRatio,
  latency,
  meanLatency,
  requestCount,
  requestRate,
  requestsByStatus,
} from '../../queries/http-queries.ts';
import { apiUses } from '../../queries/subscription-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { cellValue, dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { barGauge } from '../panels/bar-gauge.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { pieChart } from '../panels/pie-chart.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import {
  failedSeries,
  failedStat,
  inProgressStat,
  latencySeries,
  rejectedStat,
  requestsStat,
  slowestStat,
  statusSeries,
} from './http-panels.ts';

/** The same path of two services is two endpoints. */
const ENDPOINT = ['service_name', 'http_request_method', 'http_route'];
const LEGEND = '{{service_name}} {{http_request_method}} {{http_route}}';

/** Every endpoint: how often, how fast, how well. */
export const apiDashboard: DashboardSource = {
  uid: uids.api,
  folder: folders.services,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    const whole = { ...scope, window: '$__range' };
    return dashboard(spec, {
      uid: uids.api,
      title: 'API performance',
      description:
        'Which endpoints are used most, which are slow, which fail? Click one for its detail.',
      tags: ['services', 'http'],
      about: [http.serverDuration],
      links: [
        dashboardLink('HTTP detail', uids.http),
        dashboardLink('Tenants', uids.tenant),
        dashboardLink('Database', uids.database),
      ],
      rows: [
        row('Now', [
          requestsStat(scope),
          failedStat(scope),
          rejectedStat(scope),
          slowestStat(scope),
          inProgressStat(scope),
        ]),
        row('Endpoints', [endpoints(scope)]),
        row('Ranking', [busiest(whole), slowest(whole), statusShares(whole)]),
        row('Over time', [
          statusSeries(scope),
          latencySeries(scope),
          byEndpoint(scope),
          slowByEndpoint(scope),
          failedSeries(scope, 'http_route', toRoute()),
          statusCodes(scope),
        ]),
        row('API products', [popularity(spec, whole)]),
      ],
    });
  },
};

const toRoute = () => [
  dataLink('HTTP detail of this route', uids.http, { set: { route: seriesLabel('http_route') } }),
];

const endpoints = (scope: QueryScope) =>
  table({
    title: 'All endpoints',
    description: {
      shows:
        'A row for each service, method and route: requests a second, shares of 4xx and 5xx, and how long answers took.',
      matters: 'Users judge the whole product by its slowest and least reliable endpoint.',
      act: 'Sort by 5xx, then by p99, and click the route at the top.',
    },
    rows: [
      {
        label: 'http_route',
        name: 'Route',
        links: [dataLink('HTTP detail of this route', uids.http, { set: { route: cellValue } })],
      },
      { label: 'http_request_method', name: 'Method' },
      { label: 'service_name', name: 'Service' },
    ],
    columns: [
      {
        name: 'Requests/s',
        expr: requestRate(scope, ENDPOINT),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: '4xx',
        expr: clientErrorRatio(scope, ENDPOINT),
        unit: unit.ratio,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: errorRatio(scope, ENDPOINT),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.errorRatio),
      },
      { name: 'Mean', expr: meanLatency(scope, ENDPOINT), unit: unit.seconds, thresholds: neutral },
      ...[0.5, 0.9, 0.95].map((q) => ({
        name: `p${q * 100}`,
        expr: latency(q, scope, ENDPOINT),
        unit: unit.seconds,
        thresholds: neutral,
      })),
      {
        name: 'p99',
        expr: latency(0.99, scope, ENDPOINT),
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.latencyP99),
      },
    ],
    height: 11,
  });

const busiest = (whole: QueryScope) =>
  barGauge({
    title: 'Top endpoints',
    description: {
      shows: 'The ten endpoints with most requests in the time range.',
      matters: 'A tenth off the busiest endpoint helps more users than a half off a rare one.',
      act: 'Make these fast first; ask who calls one that should not be here.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestCount(whole, ENDPOINT)})`, LEGEND, { instant: true })],
    links: toRoute(),
  });

const slowest = (whole: QueryScope) =>
  barGauge({
    title: 'Slowest endpoints',
    description: {
      shows: 'The ten endpoints with the highest 95th percentile in the time range.',
      matters: 'Slow endpoints hold connections and memory, and slow down their neighbours.',
      act: 'Click one, and see by its traces where the time goes.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(`topk(10, ${latency(0.95, whole, ENDPOINT)} > 0)`, LEGEND, { instant: true })],
    links: toRoute(),
  });

const statusShares = (whole: QueryScope) =>
  pieChart({
    title: 'Status codes',
    description: {
      shows: 'Requests in the time range, by status code.',
      matters: 'It is the shortest answer to how well clients and servers understand each other.',
      act: 'Ask for the reason of every code that you did not expect; API performance has the endpoint.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [
      query(requestCount(whole, ['http_response_status_code']), '{{http_response_status_code}}', {
        instant: true,
      }),
    ],
  });

const byEndpoint = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by endpoint',
    description: {
      shows: 'Requests a second of the endpoints that are busiest at each moment, at most ten.',
      matters: 'A jump of one endpoint alone is a loop in a client, a scraper or a campaign.',
      act: 'Click the line, then see on Tenants who asks.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestRate(scope, ENDPOINT)})`, LEGEND)],
    links: toRoute(),
  });

const slowByEndpoint = (scope: QueryScope) =>
  timeSeries({
    title: 'Slow endpoints over time',
    description: {
      shows: '99th percentile of the endpoints that are slowest at each moment, at most ten.',
      matters: 'It tells a fault that began at a time from an endpoint that always was slow.',
      act: 'Look at what else began then: a deployment, a job, a tenant.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(`topk(10, ${latency(0.99, scope, ENDPOINT)} > 0)`, LEGEND)],
    links: toRoute(),
  });

const statusCodes = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by status code',
    description: {
      shows: 'Requests a second, by the exact status code.',
      matters:
        '401 after a release of the client, 429 under load, 503 from a proxy: each has another cause.',
      act: 'Filter by one job, then by one tenant, until a single cause is left.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestsByStatus(scope), '{{http_response_status_code}}')],
  });

function popularity(spec: ResolvedSpec, whole: QueryScope) {
  const uses = apiUses(spec, whole, { by: ['operation', 'outcome'] });
  return uses === undefined
    ? undefined
    : barGauge({
        title: 'API popularity',
        description: {
          shows:
            'Calls of the public API in the time range, by operation and outcome, the 15 most frequent.',
          matters:
            'It shows which parts of the API customers build upon, whatever its routes are called.',
          act: 'Before changing one near the top, tell those who use it.',
        },
        unit: unit.count,
        thresholds: neutral,
        queries: [query(`topk(15, ${uses})`, '{{operation}} {{outcome}}', { instant: true })],
        width: 24,
      });
}
