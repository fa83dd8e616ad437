import { runtime } from '../../metrics/node-runtime.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { eventLoopRow } from './node/event-loop-row.ts';
import { memoryRow } from './node/memory-row.ts';
import { processRow } from './node/process-row.ts';

/** Processes of Node, each by itself: what the event loop, V8 and the operating system say. */
export const nodeDashboard: DashboardSource = {
  uid: uids.node,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.node,
      title: 'Node runtime',
      description:
        'Is a process of Node itself the reason: a blocked event loop, a full heap, a leak, restarts?',
      tags: ['node', 'runtime'],
      about: [runtime.uptime],
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('Application overview', uids.application),
        dashboardLink('System and infrastructure', uids.system),
      ],
      rows: [eventLoopRow(spec), memoryRow(spec), processRow(spec)],
    }),
};
