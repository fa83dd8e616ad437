import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { recorded } from './recorded-scope.ts';
import { accounts, orders, recurring, revenue } from './year/business-panels.ts';
import { errors, meanTime, requests, worstHour } from './year/service-panels.ts';
import { tenantErrors, tenantRequests } from './year/tenant-panels.ts';

/** The key figures over months and years, from the hourly records alone: any store that keeps these can be its data source. */
export const yearDashboard: DashboardSource = {
  uid: uids.year,
  folder: folders.overview,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.year,
      title: 'Year',
      description:
        'How did a year go: growth, reliability, tenants, income? From hourly records, whose store may keep them for years.',
      tags: ['overview', 'business'],
      about: [recorded],
      instances: false,
      from: 'now-1y',
      links: [
        dashboardLink('Executive overview', uids.executive),
        dashboardLink('Business', uids.business),
        dashboardLink('Tenants', uids.tenant),
      ],
      rows: [
        row('Service', [requests(), errors(), meanTime(), worstHour()]),
        row('Tenants', [tenantRequests(), tenantErrors()]),
        row('Business', [revenue(spec), orders(spec), accounts(spec), recurring(spec)]),
      ],
    }),
};
