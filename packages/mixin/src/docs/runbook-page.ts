import type { Alert } from '../alerts/alert.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { alertLabels } from '../rules/alert-rule.ts';
import { inlineCode, markdownTable } from './markdown-table.ts';

/** Below it a page is the team's: generating again keeps it. */
export const NOTES = '<!-- Notes of your team go below this line: generating again keeps them. -->';

const urgency = {
  critical: 'critical: somebody is woken up',
  warning: 'warning: a ticket for working hours',
  info: 'info: context for other alerts',
  none: 'none: nobody is told',
} as const;

/** What a person reads who was just woken up: first what to do, last what fired. */
export function runbookPage(alert: Alert, spec: ResolvedSpec): GeneratedFile {
  const { name, runbook } = alert;
  const text = [
    `<!-- ${generatedHeader(spec)} -->`,
    `# ${name}`,
    alert.description,
    '## Symptom',
    runbook.symptom,
    '## What it means for users',
    runbook.meaning,
    '## How to look',
    runbook.look,
    '## How to mend',
    runbook.mend,
    '## The alert',
    facts(alert, spec),
    `\`\`\`promql\n${alert.expr}\n\`\`\``,
    NOTES,
  ];
  return { path: `docs/runbooks/${name}.md`, text: `${text.join('\n\n')}\n` };
}

function facts(alert: Alert, { links }: ResolvedSpec): string {
  const { severity, team, ...labels } = alertLabels(alert);
  const rows = [
    ['Severity', urgency[alert.severity]],
    ['Team', team ?? ''],
    ['Holds for', alert.for],
    ...(alert.keepFiringFor === undefined ? [] : [['Keeps firing for', alert.keepFiringFor]]),
    ...Object.entries(labels).map(([label, value]) => [label, inlineCode(value)]),
    ['Dashboard', `[${alert.dashboard.uid}](${links.grafana}/d/${alert.dashboard.uid})`],
  ];
  return markdownTable(['', ''], rows);
}
