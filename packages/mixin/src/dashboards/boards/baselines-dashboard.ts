import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { orders, ordersApart, revenue, revenueApart } from './baselines/sales-panels.ts';
import { tenantBand, tenantOrdersApart, tenantsApart } from './baselines/tenant-panels.ts';
import { requests, requestsApart } from './baselines/traffic-panels.ts';
import { recorded } from './recorded-scope.ts';

/** Whether this hour is like the same hour of the weeks before, by the records that the alerts compare with. */
export const baselinesDashboard: DashboardSource = {
  uid: uids.baselines,
  folder: folders.overview,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.baselines,
      title: 'Baselines',
      description:
        'Is this hour like the same hour of the last four weeks? Traffic, orders and revenue within their band.',
      tags: ['overview', 'business', 'tenants'],
      about: [recorded],
      instances: false,
      from: 'now-24h',
      links: [
        dashboardLink('Executive overview', uids.executive),
        dashboardLink('E-commerce', uids.ecommerce),
        dashboardLink('Tenants', uids.tenant),
        dashboardLink('Releases', uids.releases),
      ],
      rows: [
        row('Traffic', [requests(), requestsApart()]),
        row('Orders', [orders(spec), ordersApart(spec)]),
        row('Revenue', [revenue(spec), revenueApart(spec)]),
        row('Tenants', [tenantBand(), tenantsApart(), tenantOrdersApart(spec)]),
      ],
    }),
};
