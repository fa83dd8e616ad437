import { http } from '../../metrics/sdk-metrics.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { calls, failedCalls, slowCalls } from './http/call-panels.ts';
import { byRoute, spread } from './http/latency-panels.ts';
import { byInstance, byMethod, byTenant, inProgress, statusCodes } from './http/traffic-panels.ts';
import {
  failedStat,
  latencySeries,
  rejectedStat,
  requestsStat,
  slowestStat,
  statusSeries,
} from './http-panels.ts';
import { traces } from './trace-panel.ts';

/** Spans are named by method and route; one without a route by its method alone. */
const OF_ROUTE = 'span_name=~"[A-Z]+ ?$route"';

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
        row('Latency', [
          spread(route),
          latencySeries(route),
          byRoute(route),
          traces(scope, [OF_ROUTE]),
        ]),
        row('Traffic', [
          statusSeries(route),
          statusCodes(route),
          byMethod(route),
          byInstance(route),
          byTenant(route),
          inProgress(scope),
        ]),
        row('Calls to other servers', [calls(scope), failedCalls(scope), slowCalls(scope)]),
      ],
    });
  },
};
