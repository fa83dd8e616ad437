import { http } from '../../metrics/sdk-metrics.ts';
import { callErrorRatio, callLatency, callRate } from '../../queries/http-client-queries.ts';
import {
  activeRequests,
  latency,
  latencyBuckets,
  requestRate,
  requestsByStatus,
} from '../../queries/http-queries.ts';
import { serverSpanTime } from '../../queries/span-queries.ts';
import { panelScope, type QueryScope } from '../../query/query-scope.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink, dataLink, seriesLabel } from '../frame/links.ts';
import { heatmap } from '../panels/heatmap.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';
import {
  failedStat,
  latencySeries,
  rejectedStat,
  requestsStat,
  slowestStat,
  statusSeries,
} from './http-panels.ts';

/** One route, or a few, in depth: the spread of its answers, who it calls, and the way to its traces. */
export const httpDashboard: DashboardSource = {
  uid: uids.http,
  folder: folders.services,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    const route = { ...scope, service: `${scope.service},http_route=~"$route"` };
    return dashboard(spec, {
      uid: uids.http,
      title: 'HTTP detail',
      description:
        'What happens on this route? Choose it above; the rows about connections and calls are of the whole job.',
      tags: ['services', 'http'],
      about: [http.serverDuration],
      variables: [
        { name: 'route', title: 'Route', label: 'http_route', metric: http.serverDuration },
      ],
      links: [
        dashboardLink('API performance', uids.api),
        dashboardLink('Tenants', uids.tenant),
        dashboardLink('Database', uids.database),
      ],
      rows: [
        row('Now', [
          requestsStat(route),
          failedStat(route),
          rejectedStat(route),
          slowestStat(route),
        ]),
        row('Latency', [spread(route), latencySeries(route), byRoute(route)]),
        row('Traffic', [
          statusSeries(route),
          statusCodes(route),
          byMethod(route),
          byInstance(route),
          byTenant(route),
          inProgress(scope),
        ]),
        row('Calls to other servers', [calls(scope), failedCalls(scope), slowCalls(scope)]),
        row('Traces', [traces(scope)]),
      ],
    });
  },
};

const spread = (route: QueryScope) =>
  heatmap({
    title: 'How long answers took',
    description: {
      shows: 'Answers by the time they took, over time: the darker a cell, the more answers.',
      matters:
        'Two bands are two kinds of requests, as cache hits and misses; a percentile hides that.',
      act: 'Look for a band that appears or moves up, and for what changed at that time.',
    },
    unit: unit.seconds,
    thresholds: neutral,
    queries: [query(latencyBuckets(route), route.histograms === 'native' ? '' : '{{le}}')],
  });

const byRoute = (route: QueryScope) =>
  timeSeries({
    title: 'Time to answer by route',
    description: {
      shows: '95th percentile of each chosen route.',
      matters: 'Routes that slow down together share a cause; one alone has its own.',
      act: 'For one alone, read its traces; for all, look at the event loop and the database.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(`topk(15, ${latency(0.95, route, ['http_route'])})`, '{{http_route}}')],
  });

const statusCodes = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by status code',
    description: {
      shows: 'Requests a second of the chosen routes, by status code.',
      matters:
        'The code says who has to act: 4xx the client, 5xx us, 503 whoever is in front of us.',
      act: 'Follow the code that grew to the tenant who gets it, then to a trace.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestsByStatus(route), '{{http_response_status_code}}')],
  });

const byMethod = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by method',
    description: {
      shows: 'Requests a second of the chosen routes, by HTTP method.',
      matters: 'Writes cost more than reads, and what writes twice may charge twice.',
      act: 'A jump of POST or PUT alone is often a client that retries: look for its 5xx and timeouts.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(route, ['http_request_method']), '{{http_request_method}}')],
  });

const byInstance = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by instance',
    description: {
      shows: 'Requests a second of the chosen routes, by instance.',
      matters: 'Instances should share the load evenly; one that gets nothing is not reached.',
      act: 'For one without requests, ask the load balancer for its health; restart it if it is stuck.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(route, ['instance']), '{{instance}}')],
  });

const byTenant = (route: QueryScope) =>
  timeSeries({
    title: 'Requests by tenant',
    description: {
      shows: 'Requests a second of the chosen routes, by tenant, the ten busiest at each moment.',
      matters: 'One tenant that grows alone can take the room of all the others.',
      act: 'Click the line for all that is known of that tenant, then agree on a limit with them.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(`topk(10, ${requestRate(route, ['tenant_id'])})`, '{{tenant_id}}')],
    links: [dataLink('This tenant', uids.tenant, { set: { tenant: seriesLabel('tenant_id') } })],
  });

const inProgress = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests in progress by instance',
    description: {
      shows:
        'Requests accepted and not yet answered, by instance, of all routes: the route is not known before the answer.',
      matters: 'A number that only grows means that answers wait for something that does not come.',
      act: 'See what they wait for: the database pool first, then the calls in the row below.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(activeRequests(scope, ['instance']), '{{instance}}')],
  });

const calls = (scope: QueryScope) =>
  timeSeries({
    title: 'Calls by server',
    description: {
      shows: 'Calls a second that the chosen jobs make to other servers, by address.',
      matters: 'We are only as available as what we call in order to answer.',
      act: 'An unexpected address deserves a question; a fall to zero, a look at the row of failures.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(callRate(scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });

const failedCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Failed calls by server',
    description: {
      shows: 'Share of calls without an answer, or with an answer of 4xx or 5xx, by address.',
      matters: 'A server that fails us makes us fail our users, unless we have a way round it.',
      act: 'Look at the status page of that server, then switch the feature that needs it off.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(callErrorRatio(scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });

const slowCalls = (scope: QueryScope) =>
  timeSeries({
    title: 'Time of calls by server',
    description: {
      shows: '95th percentile of the time that other servers took to answer us, by address.',
      matters:
        'Their time is part of ours: a request can not be faster than the calls that it waits for.',
      act: 'Compare with the time of our routes; set a timeout below what our users accept.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(callLatency(0.95, scope, ['server_address']), '{{server_address}}')],
    width: 8,
  });

const traces = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests as traces',
    description: {
      shows:
        '95th percentile of server spans by name, of all tenants; every dot is one recorded trace.',
      matters: 'A percentile says that something is slow; one trace says what.',
      act: 'Click a dot high above the line, and read which part of that request took its time.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [
      query(`topk(15, ${serverSpanTime(0.95, scope)})`, '{{span_name}}', { exemplars: true }),
    ],
    width: 24,
  });
