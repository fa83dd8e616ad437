import type { AlertArea } from '../alerts/all-alerts.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { inlineCode, markdownTable } from './markdown-table.ts';

/** Every alert on one page, by area, with the way to its runbook. */
export function alertsPage(areas: readonly AlertArea[], spec: ResolvedSpec): GeneratedFile {
  const alerts = areas.flatMap(({ alerts }) => alerts);
  const paging = alerts.filter(({ severity }) => severity === 'critical').length;
  const text = [
    `<!-- ${generatedHeader(spec)} -->`,
    '# Alerts',
    `${alerts.length} alerts; ${paging} of them (critical) wake somebody up.`,
    ...areas.flatMap((area) => [`## ${area.area}`, table(area)]),
  ];
  return { path: 'docs/reference/alerts.md', text: `${text.join('\n\n')}\n` };
}

function table({ alerts }: AlertArea): string {
  return markdownTable(
    ['Alert', 'Severity', 'Team', 'For', 'What it says', 'Dashboard'],
    alerts.map(({ name, severity, team, for: holds, description, dashboard }) => [
      `[${name}](../runbooks/${name}.md)`,
      severity,
      team,
      holds,
      description,
      inlineCode(dashboard.uid),
    ]),
  );
}
