import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { recordedServices } from './recorded-scope.ts';
import { failsAgainst, takesAgainst } from './releases/against-panels.ts';
import { fails, replicasOf, share, takes } from './releases/version-panels.ts';
import { versions } from './releases/versions-table.ts';

/** Before and after a deployment, version by version. */
export const releasesDashboard: DashboardSource = {
  uid: uids.releases,
  folder: folders.services,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.releases,
      title: 'Releases',
      description:
        'Is the new version better or worse than the old one? Versions of each service side by side.',
      tags: ['services', 'http', 'deployments'],
      about: [recordedServices],
      instances: false,
      from: 'now-3h',
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('Environments', uids.environments),
        dashboardLink('Baselines', uids.baselines),
      ],
      rows: [
        row('Running now', [versions(scope)]),
        row('Before and after', [share(), replicasOf(scope), fails(), takes()]),
        row('The first hour of a version', [failsAgainst(), takesAgainst()]),
      ],
    });
  },
};
