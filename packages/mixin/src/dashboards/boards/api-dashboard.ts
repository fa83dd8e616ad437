import { http } from '../../metrics/sdk-metrics.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { toRoute } from './api/endpoint.ts';
import { endpoints } from './api/endpoints-table.ts';
import { byEndpoint, slowByEndpoint, statusCodes } from './api/over-time-panels.ts';
import { busiest, popularity, slowest, statusShares } from './api/ranking-panels.ts';
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
import { traces } from './trace-panel.ts';

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
          traces(scope),
        ]),
        row('API products', [popularity(spec, whole)]),
      ],
    });
  },
};
