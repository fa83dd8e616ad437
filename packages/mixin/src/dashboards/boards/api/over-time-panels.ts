import { latency, requestRate, requestsByStatus } from '../../../queries/http-queries.ts';
import type { QueryScope } from '../../../query/query-scope.ts';
import { serviceThresholds } from '../../../thresholds/service-thresholds.ts';
import { query } from '../../panels/panel-query.ts';
import { badAbove, neutral } from '../../panels/panel-thresholds.ts';
import { unit } from '../../panels/panel-units.ts';
import { timeSeries } from '../../panels/time-series.ts';
import { ENDPOINT, LEGEND, toRoute } from './endpoint.ts';

export const byEndpoint = (scope: QueryScope) =>
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

export const slowByEndpoint = (scope: QueryScope) =>
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

export const statusCodes = (scope: QueryScope) =>
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
