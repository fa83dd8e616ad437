import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { queuesRow } from './jobs/queues-row.ts';
import { tasksRow } from './jobs/tasks-row.ts';

/** Work that nobody waits for. Left out where no catalog has jobs of the preset `messaging`, or the preset `batch`. */
export const jobsDashboard: DashboardSource = {
  uid: uids.jobs,
  folder: folders.services,
  build: (spec) => {
    const rows = [queuesRow(spec), tasksRow(spec)];
    if (rows.every(({ panels }) => panels.length === 0)) return undefined;
    const jobs = catalogMetric(spec, 'messaging.jobs');
    return dashboard(spec, {
      uid: uids.jobs,
      title: 'Queues and jobs',
      description:
        'Is the work done that nobody waits for: jobs of queues, and what runs at night?',
      tags: ['services', 'queues', 'jobs'],
      about: jobs === undefined ? [runtime.uptime] : [runtime.uptime, jobs],
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('Messages', uids.messages),
        dashboardLink('Cache and Redis', uids.cache),
      ],
      rows,
    });
  },
};
