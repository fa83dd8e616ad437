import { runtime } from '../../metrics/node-runtime.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { salesRow } from './ecommerce/sales-row.ts';
import { shopRow } from './ecommerce/shop-row.ts';

/** A shop on one screen: eight panels, no more, for the wall of the office. Left out where no catalog sells anything. */
export const ecommerceDashboard: DashboardSource = {
  uid: uids.ecommerce,
  folder: folders.business,
  build: (spec) => {
    const rows = [salesRow(spec), shopRow(spec)];
    if (rows[0]?.panels.length === 0) return undefined;
    return dashboard(spec, {
      uid: uids.ecommerce,
      title: 'E-commerce overview',
      description:
        'Is the shop selling, and can its customers buy? Eight panels for the wall of the office.',
      tags: ['business', 'e-commerce'],
      about: [http.serverDuration, runtime.uptime],
      links: [
        dashboardLink('Business intelligence', uids.business),
        dashboardLink('API performance', uids.api),
        dashboardLink('Tenant', uids.tenant),
      ],
      rows,
    });
  },
};
