import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { busy, cpuOfRequest, databaseOfRequest, memory } from './environments/cost-panels.ts';
import { ofEnvironments } from './environments/environments-table.ts';
import { fails, orders, requests, takes } from './environments/service-panels.ts';
import { recordedServices } from './recorded-scope.ts';

/** Environments side by side: what is an environment's own fault, and what is the product's. */
export const environmentsDashboard: DashboardSource = {
  uid: uids.environments,
  folder: folders.overview,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.environments,
      title: 'Environments',
      description:
        'Is it production, or is it everywhere? Staging, production and regions side by side, one line each.',
      tags: ['overview', 'services', 'deployments'],
      about: [recordedServices],
      instances: false,
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('Releases', uids.releases),
        dashboardLink('Application overview', uids.application),
      ],
      rows: [
        row('Now', [ofEnvironments(scope)]),
        row('What users see', [requests(), fails(), takes(), orders(spec)]),
        row('What a request costs', [
          cpuOfRequest(scope),
          databaseOfRequest(scope),
          busy(scope),
          memory(scope),
        ]),
      ],
    });
  },
};
