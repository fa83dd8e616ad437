import { node } from '../../metrics/node-exporter.ts';
import { up } from '../../metrics/scrape.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { diskRow } from './system/disk-row.ts';
import { machineRow } from './system/machine-row.ts';
import { networkRow } from './system/network-row.ts';
import { targetsRow } from './system/targets-row.ts';

/**
 * Machines and the servers on them. No row about containers: what runs them differs, and metrics that nobody here can produce
 * would be dead panels. Processes of services are on the Node runtime dashboard.
 */
export const systemDashboard: DashboardSource = {
  uid: uids.system,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.system,
      title: 'System and infrastructure',
      description: 'Do the machines have room, and are all servers there? For whoever runs them.',
      tags: ['infrastructure', 'node-exporter'],
      about: [node.cpu, up],
      links: [
        dashboardLink('Database', uids.database),
        dashboardLink('Cache and Redis', uids.cache),
        dashboardLink('Pipeline health', uids.pipeline),
      ],
      rows: [targetsRow(spec), machineRow(spec), diskRow(spec), networkRow(spec)],
    }),
};
