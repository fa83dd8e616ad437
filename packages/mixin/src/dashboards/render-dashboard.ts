import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { GeneratedFile } from '../generated-file.ts';

/** The file of a dashboard: keys sorted, so that a diff shows what changed and nothing else. */
export function renderDashboard(folder: string, dashboard: Dashboard): GeneratedFile {
  return {
    path: `grafana/dashboards/${folder}/${dashboard.uid}.json`,
    text: `${JSON.stringify(sortKeys(dashboard), null, 2)}\n`,
  };
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => typeof item !== 'function')
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}
