import { http } from '../../metrics/sdk-metrics.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { countriesPanel } from './countries-panel.ts';
import {
  declined,
  earned,
  joined,
  loggedIn,
  recurring,
  sold,
} from './executive/business-panels.ts';
import { customers, firing, quick, served } from './executive/service-panels.ts';
import { activeTenants, health, income, load } from './executive/trend-panels.ts';

/** For people who have a minute: do customers get what they pay for, and does the business move? */
export const executiveDashboard: DashboardSource = {
  uid: uids.executive,
  folder: folders.overview,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    const whole = { ...scope, window: '$__range' };
    return dashboard(spec, {
      uid: uids.executive,
      title: 'Executive overview',
      description:
        'Do customers get what they pay for, and does the business move? For people who have a minute.',
      tags: ['overview', 'business'],
      about: [http.serverDuration],
      from: 'now-24h',
      links: [
        dashboardLink('Business', uids.business),
        dashboardLink('Services', uids.services),
        dashboardLink('SLO', uids.slo),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Service', [
          served(whole),
          quick(whole),
          customers(scope),
          firing('critical'),
          firing('warning'),
        ]),
        row('Business in this time range', [
          earned(spec, whole),
          sold(spec, whole),
          recurring(spec, scope),
          declined(spec, whole),
          joined(spec, whole),
          loggedIn(spec, whole),
        ]),
        row('Trends', [
          load(scope),
          income(spec, scope),
          health(spec, scope),
          activeTenants(scope),
        ]),
        row('Where from', [countriesPanel(whole)]),
      ],
    });
  },
};
