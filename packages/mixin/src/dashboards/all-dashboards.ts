import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { GeneratedFile } from '../generated-file.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { apiDashboard } from './boards/api-dashboard.ts';
import { applicationDashboard } from './boards/application-dashboard.ts';
import { baselinesDashboard } from './boards/baselines-dashboard.ts';
import { businessDashboard } from './boards/business-dashboard.ts';
import { cacheDashboard } from './boards/cache-dashboard.ts';
import { capacityDashboard } from './boards/capacity-dashboard.ts';
import { containersDashboard } from './boards/containers-dashboard.ts';
import { databaseDashboard } from './boards/database-dashboard.ts';
import { ecommerceDashboard } from './boards/ecommerce-dashboard.ts';
import { environmentsDashboard } from './boards/environments-dashboard.ts';
import { executiveDashboard } from './boards/executive-dashboard.ts';
import { gatewayDashboard } from './boards/gateway-dashboard.ts';
import { httpDashboard } from './boards/http-dashboard.ts';
import { jobsDashboard } from './boards/jobs-dashboard.ts';
import { messagesDashboard } from './boards/messages-dashboard.ts';
import { mysqlDashboard } from './boards/mysql-dashboard.ts';
import { nodeDashboard } from './boards/node-dashboard.ts';
import { pipelineDashboard } from './boards/pipeline-dashboard.ts';
import { releasesDashboard } from './boards/releases-dashboard.ts';
import { servicesDashboard } from './boards/services-dashboard.ts';
import { sloDashboard } from './boards/slo-dashboard.ts';
import { systemDashboard } from './boards/system-dashboard.ts';
import { tenantDashboard } from './boards/tenant-dashboard.ts';
import { yearDashboard } from './boards/year-dashboard.ts';
import type { DashboardSource } from './dashboard-source.ts';
import { withoutDeadLinks } from './frame/dead-links.ts';
import { renderDashboard } from './render-dashboard.ts';

const fixed: readonly DashboardSource[] = [
  executiveDashboard,
  applicationDashboard,
  servicesDashboard,
  environmentsDashboard,
  releasesDashboard,
  sloDashboard,
  apiDashboard,
  httpDashboard,
  tenantDashboard,
  gatewayDashboard,
  jobsDashboard,
  messagesDashboard,
  ecommerceDashboard,
  databaseDashboard,
  mysqlDashboard,
  cacheDashboard,
  nodeDashboard,
  systemDashboard,
  containersDashboard,
  capacityDashboard,
  pipelineDashboard,
  yearDashboard,
  baselinesDashboard,
];

/** Every dashboard that we know how to make. The last one shows what no other shows. */
export const allDashboards: readonly DashboardSource[] = [...fixed, businessDashboard(fixed)];

/** A dashboard that a spec has, and where it belongs. */
export interface BuiltDashboard {
  readonly folder: string;
  readonly dashboard: Dashboard;
}

/** The dashboards of a spec; links to dashboards that it has not are left out. */
export function buildDashboards(spec: ResolvedSpec): readonly BuiltDashboard[] {
  const built = allDashboards.flatMap(({ folder, build }) => {
    const dashboard = build(spec);
    const hasPanels = dashboard?.panels?.some(({ type }) => type !== 'row') === true;
    return hasPanels ? [{ folder, dashboard }] : [];
  });
  const uids = new Set(built.map(({ dashboard }) => dashboard.uid ?? ''));
  return built.map(({ folder, dashboard }) => ({
    folder,
    dashboard: withoutDeadLinks(dashboard, uids),
  }));
}

/** `grafana/dashboards/<folder>/<uid>.json` of a spec. */
export function dashboardFiles(spec: ResolvedSpec): readonly GeneratedFile[] {
  return buildDashboards(spec).map(({ folder, dashboard }) => renderDashboard(folder, dashboard));
}
