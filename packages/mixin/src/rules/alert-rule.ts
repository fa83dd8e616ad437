import type { Alert } from '../alerts/alert.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';

/** An alert as a rule file has it; the order of the keys is that of the file. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export function alertRule(alert: Alert, spec: Pick<ResolvedSpec, 'links'>): AlertRule {
  return {
    alert: alert.name,
    expr: alert.expr,
    ...(!/^0[a-z]*$/.test(alert.for) && { for: alert.for }),
    ...(alert.keepFiringFor !== undefined && { keep_firing_for: alert.keepFiringFor }),
    labels: alertLabels(alert),
    annotations: {
      summary: alert.summary,
      description: alert.description,
      dashboard_url: dashboardUrl(alert, spec),
      runbook_url: `${noTemplate(spec.links.runbooks)}/${alert.name}.md`,
    },
  };
}

/** What a rule adds to the labels of its expression. */
export function alertLabels({ severity, team, labels }: Alert): Record<string, string> {
  return { severity, team, ...labels };
}

/** A label that an alert lacks leaves its variable empty, which Grafana takes as its default. */
function dashboardUrl({ dashboard }: Alert, { links }: Pick<ResolvedSpec, 'links'>): string {
  const variables = Object.entries(dashboard.variables ?? {})
    .map(([variable, label]) => `${variable}={{ $labels.${label} | urlquery }}`)
    .join('&');
  return `${noTemplate(links.grafana)}/d/${dashboard.uid}${variables === '' ? '' : `?${variables}`}`;
}

/** Annotations are templates of Prometheus; an address is none. */
function noTemplate(address: string): string {
  return address.replaceAll('{', '%7B');
}
