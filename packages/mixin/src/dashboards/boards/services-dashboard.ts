import { http } from '../../metrics/sdk-metrics.ts';
import { callErrorRatio, callRate } from '../../queries/http-client-queries.ts';
import { errorRatio, latency, requestRate } from '../../queries/http-queries.ts';
import {
  eventLoopDelay,
  processCpu,
  replicas,
  residentMemory,
  uptime,
} from '../../queries/runtime-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { runtimeThresholds } from '../../thresholds/runtime-thresholds.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { cellValue, dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import {
  failedSeries,
  failedStat,
  inProgressStat,
  requestsStat,
  slowestStat,
} from './http-panels.ts';
import { delaySeries, instancesStat } from './runtime-panels.ts';

const SERVICE = ['job', 'service_version'];

/** All services side by side: which one is different from the others? */
export const servicesDashboard: DashboardSource = {
  uid: uids.services,
  folder: folders.overview,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.services,
      title: 'Services overview',
      description:
        'Which service is different from the others? A row for each; click one to go there.',
      tags: ['overview', 'services', 'http'],
      about: [http.serverDuration],
      links: [
        dashboardLink('Application overview', uids.application),
        dashboardLink('API performance', uids.api),
        dashboardLink('SLO', uids.slo),
        dashboardLink('Pipeline', uids.pipeline),
      ],
      rows: [
        row('Now', [
          requestsStat(scope),
          failedStat(scope),
          slowestStat(scope),
          inProgressStat(scope),
          instancesStat(scope),
        ]),
        row('Services', [services(scope)]),
        row('Side by side', [
          traffic(scope),
          failedSeries(scope, 'job', toService()),
          slowness(scope),
          delaySeries(scope, 'job'),
        ]),
        row('Instances', [instances(scope), running(scope)]),
        row('Between services', [calls(scope), failedCalls(scope)]),
      ],
    });
  },
};

const toService = () => [
  dataLink('This application', uids.application, {
    set: { job: seriesLabel('job') },
    keep: ['datasource', 'environment', 'tenant'],
  }),
];

const services = (scope: QueryScope) =>
  table({
    title: 'All services',
    description: {
      shows:
        'A row for each service and version: traffic, failures, time to answer, processes and what they use.',
      matters:
        'It is the quickest way to the one that is out of line, and shows two versions next to each other.',
      act: 'Click the service with a red number; when a new version is the worse one, roll it back first.',
    },
    rows: [
      {
        label: 'job',
        name: 'Service',
        links: [
          dataLink('This application', uids.application, {
            set: { job: cellValue },
            keep: ['datasource', 'environment', 'tenant'],
          }),
        ],
      },
      { label: 'service_version', name: 'Version' },
    ],
    columns: [
      {
        name: 'Requests/s',
        expr: requestRate(scope, SERVICE),
        unit: unit.requestsPerSecond,
        thresholds: neutral,
      },
      {
        name: '5xx',
        expr: errorRatio(scope, SERVICE),
        unit: unit.ratio,
        thresholds: badAbove(serviceThresholds.errorRatio),
      },
      {
        name: 'p95',
        expr: latency(0.95, scope, SERVICE),
        unit: unit.seconds,
        thresholds: neutral,
      },
      {
        name: 'p99',
        expr: latency(0.99, scope, SERVICE),
        unit: unit.seconds,
        thresholds: badAbove(serviceThresholds.latencyP99),
      },
      { name: 'Instances', expr: replicas(scope, SERVICE), unit: unit.count, thresholds: neutral },
      {
        name: 'Youngest',
        expr: uptime(scope, SERVICE),
        unit: unit.duration,
        thresholds: neutral,
      },
      {
        name: 'Loop delay',
        expr: eventLoopDelay('p99', scope, SERVICE),
        unit: unit.seconds,
        thresholds: badAbove(runtimeThresholds.eventLoopDelayP99),
      },
      { name: 'Cores', expr: processCpu(scope, SERVICE), unit: unit.count, thresholds: neutral },
      {
        name: 'Memory',
        expr: residentMemory(scope, SERVICE),
        unit: unit.bytes,
        thresholds: neutral,
      },
    ],
  });

const traffic = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by service',
    description: {
      shows: 'Requests a second that each service answered.',
      matters:
        'A service that loses its traffic while its callers keep theirs is not reached any more.',
      act: 'Click the line. For one at zero, check its instances below, then the way to it.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['job']), '{{job}}')],
    links: toService(),
  });

const slowness = (scope: QueryScope) =>
  timeSeries({
    title: 'Time to answer by service',
    description: {
      shows: '99th percentile of each service.',
      matters:
        'A slow service makes all those slow that call it: the slowest at the bottom is the cause.',
      act: 'Follow the calls from the slow service on downwards until one is slow by itself.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(latency(0.99, scope, ['job']), '{{job}}')],
    links: toService(),
  });

const instances = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by instance',
    description: {
      shows: 'Requests a second of each instance.',
      matters: 'Instances should share the load evenly; one that gets nothing is not reached.',
      act: 'For one without requests, ask the load balancer for its health; restart it if it is stuck.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope, ['job', 'instance']), '{{job}} {{instance}}')],
  });

const running = (scope: QueryScope) =>
  timeSeries({
    title: 'Instances by version',
    description: {
      shows: 'Processes that report, by service and version.',
      matters: 'A deployment that stands still shows as two versions that both stay.',
      act: 'Finish it or roll it back: two versions are twice the behaviour to think about.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(replicas(scope, SERVICE), '{{job}} {{service_version}}')],
    stack: true,
  });

const calls = (scope: QueryScope) =>
  timeSeries({
    title: 'Calls to other servers',
    description: {
      shows: 'HTTP calls a second that each service makes, by the address that it calls.',
      matters: 'It is the map of who needs whom, as it really is.',
      act: 'A line that multiplies is a retry loop or a page that asks for each row: look at the caller.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(callRate(scope, ['job', 'server_address']), '{{job}} to {{server_address}}')],
  });

const failedCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Failed calls to other servers',
    description: {
      shows:
        'Share of calls without an answer, or with an answer of 4xx or 5xx, by caller and address.',
      matters:
        'Where a call fails while its server says that all is well, the way between them is broken.',
      act: 'Compare with the failures of the called service; check DNS, certificates and timeouts.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [
      query(callErrorRatio(scope, ['job', 'server_address']), '{{job}} to {{server_address}}'),
    ],
  });
