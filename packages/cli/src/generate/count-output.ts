import type { GeneratedFile } from '@bellwether/mixin';
import { parse } from 'yaml';
import { readDashboard } from '../verify/read-dashboard.ts';

/** How much was generated. */
export interface OutputCounts {
  readonly files: number;
  readonly recordingRules: number;
  readonly alerts: number;
  readonly dashboards: number;
  readonly panels: number;
  readonly runbooks: number;
}

export function countOutput(generated: readonly GeneratedFile[]): OutputCounts {
  const below = (folder: string) => generated.filter(({ path }) => path.startsWith(folder));
  const rules = below('prometheus/rules/').flatMap(({ text }) => rulesIn(text));
  const dashboards = below('grafana/dashboards/').map(({ path, text }) =>
    readDashboard(path, text),
  );
  return {
    files: generated.length,
    recordingRules: rules.filter((rule) => 'record' in rule).length,
    alerts: rules.filter((rule) => 'alert' in rule).length,
    dashboards: dashboards.length,
    panels: dashboards.reduce((sum, { panels }) => sum + panels.length, 0),
    runbooks: below('docs/runbooks/').length,
  };
}

function rulesIn(text: string): readonly object[] {
  const file = parse(text) as { groups?: readonly { rules?: readonly object[] }[] } | null;
  return (file?.groups ?? []).flatMap(({ rules = [] }) => rules);
}
