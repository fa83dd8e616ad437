import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { GeneratedFile } from '../generated-file.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { apiDashboard } from './boards/api-dashboard.ts';
import { applicationDashboard } from './boards/application-dashboard.ts';
import { executiveDashboard } from './boards/executive-dashboard.ts';
import { httpDashboard } from './boards/http-dashboard.ts';
import { servicesDashboard } from './boards/services-dashboard.ts';
import { tenantDashboard } from './boards/tenant-dashboard.ts';
import type { DashboardSource } from './dashboard-source.ts';
import { withoutDeadLinks } from './frame/dead-links.ts';
import { renderDashboard } from './render-dashboard.ts';

/** Every dashboard that we know how to make, in the order of the menu. */
export const allDashboards: readonly DashboardSource[] = [
  executiveDashboard,
  applicationDashboard,
  servicesDashboard,
  apiDashboard,
  httpDashboard,
  tenantDashboard,
];

/** A dashboard that a spec has, and where it belongs. */
export interface BuiltDashboard {
  readonly folder: string;
  readonly dashboard: Dashboard;
}

/** The dashboards of a spec; links to dashboards that it has not are left out. */
export function buildDashboards(spec: ResolvedSpec): readonly BuiltDashboard[] {
  const built = allDashboards.flatMap(({ folder, build }) => {
    const dashboard = build(spec);
    return dashboard === undefined ? [] : [{ folder, dashboard }];
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
