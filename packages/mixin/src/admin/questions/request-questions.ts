import {
  clientErrorRatio,
  errorRatio,
  latency,
  latencyBuckets,
  requestRate,
  requestsByCountry,
  requestsByStatus,
} from '../../queries/http-queries.ts';
import { costliestRoutes, failingRoutes, slowestRoutes } from '../../queries/route-queries.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import { ofRoute } from '../admin-scope.ts';
import type { Question } from '../question.ts';
import { tellApart } from '../tell-apart.ts';

const ROUTE = '{{http_request_method}} {{http_route}}';

export const requestQuestions: readonly Question[] = [
  {
    name: 'requests-by-status',
    title: 'Requests by status',
    description: 'Requests a second by the status code of the answer.',
    unit: '{request}/s',
    kind: 'timeseries',
    legend: '{{http_response_status_code}}',
    graph: 'stacked',
    group: 'Traffic',
    promql: (scope) => requestsByStatus(ofRoute(scope)),
  },
  {
    name: 'requests-by-method',
    title: 'Requests by method',
    description: 'Requests a second by HTTP method.',
    unit: '{request}/s',
    kind: 'timeseries',
    legend: '{{http_request_method}}',
    graph: 'stacked',
    group: 'Traffic',
    promql: (scope) => requestRate(ofRoute(scope), ['http_request_method']),
  },
  {
    name: 'requests-error-ratio',
    title: 'Errors',
    description: 'Share of requests answered with 5xx, and with 4xx.',
    unit: '1',
    kind: 'timeseries',
    legend: '{{errors}}',
    group: 'Traffic',
    levels: serviceThresholds.errorRatio,
    promql: (scope) =>
      tellApart('errors', [
        ['of ours (5xx)', errorRatio(ofRoute(scope))],
        ['of clients (4xx)', clientErrorRatio(ofRoute(scope))],
      ]),
  },
  {
    name: 'requests-latency',
    title: 'Time to answer',
    description: 'The times within which 50, 90 and 99 % of requests were answered.',
    unit: 's',
    kind: 'timeseries',
    legend: '{{quantile}}',
    group: 'Time',
    levels: serviceThresholds.latencyP99,
    promql: (scope) =>
      tellApart('quantile', [
        ['p50', latency(0.5, ofRoute(scope))],
        ['p90', latency(0.9, ofRoute(scope))],
        ['p99', latency(0.99, ofRoute(scope))],
      ]),
  },
  {
    name: 'requests-latency-heatmap',
    title: 'Time to answer, all requests',
    description: 'How many requests took at most how long: cumulative counts by upper bound.',
    unit: '{request}',
    kind: 'heatmap',
    legend: '{{le}}',
    size: 'wide',
    group: 'Time',
    promql: (scope) => latencyBuckets(ofRoute(scope)),
  },
  {
    name: 'routes-slowest',
    title: 'Slowest routes',
    description: 'The routes whose 95th percentile is the highest in the time range.',
    unit: 's',
    kind: 'table',
    ask: 'instant',
    legend: ROUTE,
    group: 'Routes',
    levels: serviceThresholds.latencyP99,
    promql: (scope) => slowestRoutes(20, 0.95, ofRoute(scope)),
  },
  {
    name: 'routes-failing',
    title: 'Failing routes',
    description: 'The routes with the most answers of 5xx, a second, in the time range.',
    unit: '{request}/s',
    kind: 'table',
    ask: 'instant',
    legend: ROUTE,
    group: 'Routes',
    promql: (scope) => failingRoutes(20, ofRoute(scope)),
  },
  {
    name: 'routes-costliest',
    title: 'Costliest routes',
    description: 'The routes on which services spend the most time: requests under way on average.',
    unit: '{request}',
    kind: 'table',
    ask: 'instant',
    legend: ROUTE,
    group: 'Routes',
    promql: (scope) => costliestRoutes(20, ofRoute(scope)),
  },
  {
    name: 'requests-by-country',
    title: 'Countries',
    description: 'Requests in the time range by the country that a trusted edge named.',
    unit: '{request}',
    kind: 'table',
    ask: 'instant',
    legend: '{{geo_country_iso_code}}',
    group: 'Routes',
    promql: (scope) => `topk(50, ${requestsByCountry(scope)})`,
  },
];
