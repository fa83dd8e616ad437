import { http } from '../../metrics/sdk-metrics.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import {
  failedSeries,
  failedStat,
  inProgressStat,
  requestsStat,
  slowestStat,
} from './http-panels.ts';
import { delaySeries, instancesStat } from './runtime-panels.ts';
import { calls, failedCalls } from './services/call-panels.ts';
import { instances, running, slowness, toService, traffic } from './services/comparison-panels.ts';
import { services } from './services/services-table.ts';

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
