import type { DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  activeRequests,
  clientErrorRatio,
  errorRatio,
  latency,
  requestRate,
  requestsOfClass,
} from '../../queries/http-queries.ts';
import type { QueryScope } from '../../query/query-scope.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';

/** Panels about HTTP servers that stand on several dashboards, each about what its variables select. */

export const requestsStat = (scope: QueryScope) =>
  stat({
    title: 'Requests',
    description: {
      shows: 'Requests answered a second, of everything that is selected above.',
      matters: 'A sudden fall to nothing means that users do not reach the application at all.',
      act: 'When it falls, look at the load balancer, then for lost instances on Services overview.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: [query(requestRate(scope), 'Requests')],
  });

export const failedStat = (scope: QueryScope) =>
  stat({
    title: 'Failed requests',
    description: {
      shows: 'Share of requests that were answered with 5xx.',
      matters: 'Each of them is a user who did not get what they asked for.',
      act: 'Open API performance to see which endpoints fail, then the traces of one of them.',
    },
    unit: unit.ratio,
    decimals: 2,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(errorRatio(scope), 'Failed')],
  });

export const rejectedStat = (scope: QueryScope) =>
  stat({
    title: 'Rejected requests',
    description: {
      shows: 'Share of requests that were answered with 4xx.',
      matters:
        'A few are normal. A jump is often a client that we broke, or somebody who tries doors.',
      act: 'Compare with the last deployment, then see on API performance which endpoint and code it is.',
    },
    unit: unit.ratio,
    decimals: 2,
    thresholds: neutral,
    queries: [query(clientErrorRatio(scope), 'Rejected')],
  });

export const slowestStat = (scope: QueryScope) =>
  stat({
    title: 'Time to answer, p99',
    description: {
      shows: 'The time within which 99 % of requests were answered.',
      matters: 'It is what a busy user meets several times a day, and what makes them leave.',
      act: 'Find the slowest endpoint on API performance, then see whether the database waits with it.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [query(latency(0.99, scope), 'p99')],
  });

export const inProgressStat = (scope: QueryScope) =>
  stat({
    title: 'In progress',
    description: {
      shows:
        'Requests that were accepted and are not yet answered: the active connections of the HTTP server.',
      matters: 'A number that only grows means that answers wait for something that does not come.',
      act: 'See what they wait for: the database pool first, then calls to other services.',
    },
    unit: unit.count,
    thresholds: neutral,
    queries: [query(activeRequests(scope), 'In progress')],
  });

export const statusSeries = (scope: QueryScope) =>
  timeSeries({
    title: 'Requests by status class',
    description: {
      shows: 'Requests answered a second, by the first digit of the status code.',
      matters: 'A growing share of 4xx is often a broken client, of 5xx a broken server.',
      act: 'Compare with the blue deployment marks: a change right after one points at that version.',
    },
    unit: unit.requestsPerSecond,
    thresholds: neutral,
    queries: ([2, 3, 4, 5] as const).map((digit) =>
      query(requestsOfClass(digit, scope), `${digit}xx`),
    ),
    stack: true,
  });

export const failedSeries = (scope: QueryScope, by: string, links: readonly DashboardLink[] = []) =>
  timeSeries({
    title: 'Failed requests over time',
    description: {
      shows: `Share of requests answered with 5xx, by ${by}. The dashed lines are the levels of the alerts.`,
      matters:
        'One line that leaves the others says where the fault is; all at once, that they share it.',
      act: 'Click the line that rose. When all rose, look at what they share: database, cache, network.',
    },
    unit: unit.ratio,
    thresholds: badAbove(serviceThresholds.errorRatio),
    queries: [query(errorRatio(scope, [by]), `{{${by}}}`)],
    links,
  });

export const latencySeries = (scope: QueryScope) =>
  timeSeries({
    title: 'Time to answer',
    description: {
      shows: 'The time within which half, 90 %, 95 % and 99 % of requests were answered.',
      matters: 'The distance between p50 and p99 says whether everybody waits, or a few wait long.',
      act: 'When only p99 grows, look for a slow endpoint; when all grow, at event loop and database.',
    },
    unit: unit.seconds,
    thresholds: badAbove(serviceThresholds.latencyP99),
    queries: [0.5, 0.9, 0.95, 0.99].map((q) => query(latency(q, scope), `p${q * 100}`)),
  });
