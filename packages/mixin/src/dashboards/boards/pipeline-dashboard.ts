import { alertmanagerServer } from '../../metrics/alertmanager-server.ts';
import { collector } from '../../metrics/collector.ts';
import { runtime } from '../../metrics/node-runtime.ts';
import { prometheusServer } from '../../metrics/prometheus-server.ts';
import type { DashboardSource } from '../dashboard-source.ts';
import { folders } from '../folders.ts';
import { dashboard } from '../frame/dashboard.ts';
import { dashboardLink } from '../frame/links.ts';
import { uids } from '../uids.ts';
import { alertingRow } from './pipeline/alerting-row.ts';
import { backupsRow } from './pipeline/backups-row.ts';
import { collectorRow } from './pipeline/collector-row.ts';
import { prometheusRow } from './pipeline/prometheus-row.ts';
import { sdkRow } from './pipeline/sdk-row.ts';
import { sourcesRow } from './pipeline/sources-row.ts';

/** Can we believe the other dashboards: from the recording in a service to the message to a person. */
export const pipelineDashboard: DashboardSource = {
  uid: uids.pipeline,
  folder: folders.infrastructure,
  build: (spec) =>
    dashboard(spec, {
      uid: uids.pipeline,
      title: 'Pipeline health',
      description:
        'Can the other dashboards be believed? From the recording in a service over Collector and Prometheus to the message to a person.',
      tags: ['pipeline', 'opentelemetry', 'alerting'],
      about: [
        collector.acceptedPoints,
        prometheusServer.headSeries,
        alertmanagerServer.alerts,
        runtime.uptime,
      ],
      links: [
        dashboardLink('System and infrastructure', uids.system),
        dashboardLink('Services overview', uids.services),
      ],
      rows: [
        sourcesRow(spec),
        sdkRow(spec),
        collectorRow(spec),
        prometheusRow(spec),
        alertingRow(spec),
        backupsRow(spec),
      ],
    }),
};
