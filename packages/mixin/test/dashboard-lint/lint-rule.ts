import type { Alert } from '../../src/alerts/alert.ts';
import type { DashboardJson, PanelJson } from './dashboard-json.ts';

/** What rules may know besides the dashboard. */
export interface LintContext {
  /** All dashboards by uid. */
  readonly dashboards: ReadonlyMap<string, DashboardJson>;
  readonly alerts: readonly Alert[];
}

export interface Complaint {
  /** Title of the panel, or none where it is about the whole dashboard. */
  readonly panel?: string;
  readonly message: string;
}

export interface LintRule {
  readonly name: string;
  readonly check: (dashboard: DashboardJson, context: LintContext) => readonly Complaint[];
}

export interface Finding extends Complaint {
  readonly rule: string;
  readonly dashboard: string;
}

/** A rule about the whole dashboard. */
export const dashboardRule = (
  name: string,
  check: (dashboard: DashboardJson, context: LintContext) => readonly string[],
): LintRule => ({
  name,
  check: (dashboard, context) => check(dashboard, context).map((message) => ({ message })),
});

/** A rule about each panel that asks something. */
export const panelRule = (
  name: string,
  check: (panel: PanelJson, dashboard: DashboardJson, context: LintContext) => readonly string[],
): LintRule => ({
  name,
  check: (dashboard, context) =>
    dashboard.panels
      .flatMap((panel) => (panel.type === 'row' ? panel.panels : [panel]))
      .flatMap((panel) =>
        check(panel, dashboard, context).map((message) => ({
          panel: panel.title ?? '(no title)',
          message,
        })),
      ),
});

/** A rule about the expression of each query of each panel. */
export const targetRule = (
  name: string,
  check: (expr: string, dashboard: DashboardJson) => readonly string[],
): LintRule =>
  panelRule(name, (panel, dashboard) =>
    panel.targets.flatMap(({ expr, refId }) =>
      check(expr, dashboard).map((message) => `query ${refId}: ${message}`),
    ),
  );
