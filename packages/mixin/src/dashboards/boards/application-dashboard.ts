import { http } from '../../metrics/sdk-metrics.ts';
import type { ResolvedSpec } from '../../monitoring-spec.ts';
import {
  activeRequests,
  errorRatio,
  latency,
  requestRate,
  requestsByStatus,
} from '../../queries/http-queries.ts';
import { panelScope } from '../../query/query-scope.ts';
import { serviceThresholds } from '../../thresholds/service-thresholds.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { query } from '../panels/panel-query.ts';
import { badAbove, neutral } from '../panels/panel-thresholds.ts';
import { unit } from '../panels/panel-units.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { uids } from '../uids.ts';

/** One application on one page: is it up, is it fast, does it have room. */
export const applicationDashboard: DashboardSource = {
  uid: uids.application,
  folder: folders.overview,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.application,
      title: 'Application overview',
      description: 'Is this application up, fast and healthy? Start here when an alert names it.',
      tags: ['overview', 'http'],
      about: [http.serverDuration],
      links: [
        dashboardLink('API performance', uids.api),
        dashboardLink('HTTP detail', uids.http),
        dashboardLink('Tenant', uids.tenant),
      ],
      rows: [row('Now', now(spec)), row('Traffic', traffic(spec))],
    }),
};

function now({ histograms }: ResolvedSpec) {
  const scope = panelScope(histograms);
  return [
    stat({
      title: 'Requests',
      description: {
        shows: 'Requests answered a second, of everything that is selected above.',
        matters: 'A sudden fall to nothing means that users do not reach the application at all.',
        act: 'When it falls, look at the load balancer and at Services overview for lost instances.',
      },
      unit: unit.requestsPerSecond,
      thresholds: neutral,
      queries: [query(requestRate(scope), 'Requests')],
    }),
    stat({
      title: 'Failed requests',
      description: {
        shows: 'Share of requests that were answered with 5xx.',
        matters: 'Each of them is a user who did not get what they asked for.',
        act: 'Open API performance to see which routes fail, then the traces of one of them.',
      },
      unit: unit.ratio,
      thresholds: badAbove(serviceThresholds.errorRatio),
      queries: [query(errorRatio(scope), 'Failed')],
    }),
  ];
}

function traffic({ histograms }: ResolvedSpec) {
  const scope = panelScope(histograms);
  return [
    timeSeries({
      title: 'Requests by status',
      description: {
        shows: 'Requests answered a second, by status code, of all selected instances.',
        matters: 'A growing share of 4xx is often a broken client, of 5xx a broken server.',
        act: 'Compare with the blue deployment marks: a change right after one points at that version.',
      },
      unit: unit.requestsPerSecond,
      thresholds: neutral,
      queries: [query(requestsByStatus(scope), '{{http_response_status_code}}')],
      stack: true,
    }),
    timeSeries({
      title: 'Time to answer',
      description: {
        shows: 'The time within which half, 95 % and 99 % of requests were answered.',
        matters: 'The 99th percentile is what a busy user meets several times a day.',
        act: 'When only p99 grows, look for slow routes; when all grow, at the event loop and the database.',
      },
      unit: unit.seconds,
      thresholds: badAbove(serviceThresholds.latencyP99),
      queries: [0.5, 0.95, 0.99].map((q) => query(latency(q, scope), `p${q * 100}`)),
    }),
    timeSeries({
      title: 'Requests in progress',
      description: {
        shows: 'Requests that were accepted and not yet answered, by instance.',
        matters:
          'A number that only grows means that answers wait for something that does not come.',
        act: 'See what they wait for: connections of the database pool first, then calls to other services.',
      },
      unit: unit.count,
      thresholds: neutral,
      queries: [query(activeRequests(scope, ['instance']), '{{instance}}')],
    }),
  ];
}
