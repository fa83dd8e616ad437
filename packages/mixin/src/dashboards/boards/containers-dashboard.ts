import { cadvisor } from '../../metrics/cadvisor.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { containers } from './containers/containers-table.ts';
import { cpu, throttled } from './containers/cpu-panels.ts';
import { network, restarts } from './containers/life-panels.ts';
import { kills, memory, memoryShare } from './containers/memory-panels.ts';

/** What each container uses of what it was given, from cAdvisor. */
export const containersDashboard: DashboardSource = {
  uid: uids.containers,
  folder: folders.infrastructure,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.containers,
      title: 'Containers',
      description:
        'Does a container reach its limits? CPU, memory, restarts and network of each, from cAdvisor.',
      tags: ['infrastructure', 'cadvisor'],
      about: [cadvisor.memory],
      links: [
        dashboardLink('System', uids.system),
        dashboardLink('Capacity', uids.capacity),
        dashboardLink('Node', uids.node),
      ],
      rows: [
        row('All', [containers(scope)]),
        row('CPU', [cpu(scope), throttled(scope)]),
        row('Memory', [memory(scope), memoryShare(scope), kills(scope)]),
        row('Life and network', [restarts(scope), network(scope)]),
      ],
    });
  },
};
