import { runtime } from '../../metrics/node-runtime.ts';
import { http } from '../../metrics/sdk-metrics.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { authRow } from './gateway/auth-row.ts';
import { limitsRow } from './gateway/limits-row.ts';
import { upstreamsRow } from './gateway/upstreams-row.ts';

/** What the internet meets first. Left out where no catalog has the presets `gateway` or `authService`. */
export const gatewayDashboard: DashboardSource = {
  uid: uids.gateway,
  folder: folders.services,
  build: (spec) => {
    const rows = [upstreamsRow(spec), limitsRow(spec), authRow(spec)];
    if (rows.every(({ panels }) => panels.length === 0)) return undefined;
    return dashboard(spec, {
      uid: uids.gateway,
      title: 'Gateway and authentication',
      description:
        'Does what comes in get through: which service behind the gateway is slow, who is held back, who tries to get in?',
      tags: ['services', 'gateway', 'authentication'],
      about: [http.serverDuration, runtime.uptime],
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('API performance', uids.api),
        dashboardLink('Tenant', uids.tenant),
      ],
      rows,
    });
  },
};
