import { node } from '../../metrics/node-exporter.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { panelScope } from '../../query/query-scope.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { row } from '../frame/layout.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { connectionShare, connections } from './capacity/database-panels.ts';
import { disk, memory, memoryTaken } from './capacity/machine-panels.ts';
import { heap, heapInUse, resident } from './capacity/process-panels.ts';
import { blocks, growth, series } from './capacity/prometheus-panels.ts';

/** What will be full, and when: a line through the last six hours, drawn on. */
export const capacityDashboard: DashboardSource = {
  uid: uids.capacity,
  folder: folders.infrastructure,
  build: (spec) => {
    const scope = panelScope(spec.histograms);
    return dashboard(spec, {
      uid: uids.capacity,
      title: 'Capacity',
      description:
        'What will be full, and when? Memory, disks, connections and series, drawn on for a day and a week.',
      tags: ['infrastructure', 'node'],
      about: [runtime.uptime, node.cpu],
      from: 'now-24h',
      links: [
        dashboardLink('System', uids.system),
        dashboardLink('Node', uids.node),
        dashboardLink('Database', uids.database),
        dashboardLink('Containers', uids.containers),
      ],
      rows: [
        row('Machines', [memoryTaken(scope), memory(scope), disk(scope)]),
        row('Processes', [heapInUse(scope), heap(scope), resident(scope)]),
        row('Database connections', [connectionShare(scope), connections(scope)]),
        row('Prometheus', [growth(scope), series(scope), blocks(scope)]),
      ],
    });
  },
};
