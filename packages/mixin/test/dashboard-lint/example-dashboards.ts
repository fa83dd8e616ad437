import { catalogOf, defineMeters } from '@bellwether/meters';
import {
  auth,
  authService,
  batch,
  cache,
  commerce,
  errors,
  gateway,
  messaging,
  saas,
} from '@bellwether/meters/presets';
import { allAlerts } from '../../src/alerts/all-alerts.ts';
import { dashboardFiles } from '../../src/dashboards/all-dashboards.ts';
import type { MonitoringSpec } from '../../src/monitoring-spec.ts';
import { resolveSpec } from '../../src/resolve-spec.ts';
import type { DashboardJson } from './dashboard-json.ts';

const everything = {
  ...{ ...auth, ...authService, ...batch, ...cache, ...commerce },
  ...{ ...errors, ...gateway, ...messaging, ...saas },
};
const catalog = catalogOf(defineMeters('dashboard-lint', everything));
const full: MonitoringSpec = {
  catalogs: catalog === undefined ? [] : [catalog],
  objectives: [
    { service: 'shop', availability: 0.999, latency: { within: 0.5, target: 0.99 } },
    { service: 'notifications', availability: 0.99 },
  ],
};

/** Specs that show all there is, in both flavours, and as little as possible. */
export const specs = {
  classic: { ...full, histograms: 'classic' },
  native: { ...full, histograms: 'native' },
  empty: { catalogs: [] },
} as const satisfies Record<string, MonitoringSpec>;

/** The dashboards of a spec as Grafana reads them, by uid, and the alerts that lead to them. */
export function exampleDashboards(name: keyof typeof specs) {
  const spec = resolveSpec(specs[name]);
  return {
    dashboards: dashboardFiles(spec).map(({ text }) => JSON.parse(text) as DashboardJson),
    alerts: allAlerts(spec).flatMap(({ alerts }) => alerts),
  };
}
