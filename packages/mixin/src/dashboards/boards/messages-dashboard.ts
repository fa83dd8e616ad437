import { catalogMetric } from '../../metrics/catalog-metric.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { messagesRow } from './messages/messages-row.ts';
import { socketsRow } from './messages/sockets-row.ts';

/** Chats and other sockets. Left out where no catalog has messages or sockets of the preset `messaging`. */
export const messagesDashboard: DashboardSource = {
  uid: uids.messages,
  folder: folders.services,
  build: (spec) => {
    const rows = [socketsRow(spec), messagesRow(spec)];
    if (rows.every(({ panels }) => panels.length === 0)) return undefined;
    const messages = catalogMetric(spec, 'messaging.messages');
    return dashboard(spec, {
      uid: uids.messages,
      title: 'Sockets and messages',
      description: 'Who is connected, what is said, and does it reach those it is for?',
      tags: ['services', 'sockets', 'messages'],
      about: messages === undefined ? [runtime.uptime] : [runtime.uptime, messages],
      links: [
        dashboardLink('Services overview', uids.services),
        dashboardLink('Queues and jobs', uids.jobs),
        dashboardLink('Tenant', uids.tenant),
      ],
      rows,
    });
  },
};
