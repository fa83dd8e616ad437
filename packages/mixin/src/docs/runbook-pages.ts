import type { Alert } from '../alerts/alert.ts';
import type { AlertArea } from '../alerts/all-alerts.ts';
import type { GeneratedFile } from '../generated-file.ts';
import { generatedHeader } from '../generated-header.ts';
import type { ResolvedSpec } from '../monitoring-spec.ts';
import { inlineCode } from './markdown-table.ts';

/** Below it a page is the team's: generating again keeps it. */
export const NOTES = '<!-- Notes of your team go below this line: generating again keeps them. -->';

const urgency = {
  critical: 'critical: somebody is woken up',
  warning: 'warning: a ticket for working hours',
  info: 'info: context for other alerts',
  none: 'none: nobody is told',
} as const;

/** One page for each name of an alert; its severities share the page. */
export function runbookPages(
  areas: readonly AlertArea[],
  spec: ResolvedSpec,
): readonly GeneratedFile[] {
  const byName = new Map<string, Alert[]>();
  for (const alert of areas.flatMap(({ alerts }) => alerts))
    byName.set(alert.name, [...(byName.get(alert.name) ?? []), alert]);
  return [...byName.values()].map((variants) => {
    const { path, text } = runbookPage(variants, spec);
    return { path, text: withoutDeadLinks(text, byName) };
  });
}

/** A link to the page of an alert that this spec has not is only its name. */
function withoutDeadLinks(text: string, pages: ReadonlyMap<string, unknown>): string {
  return text.replaceAll(/\[(\w+)\]\(\1\.md\)/g, (link, name: string) =>
    pages.has(name) ? link : inlineCode(name),
  );
}

/** What a person reads who was just woken up: first what to do, last what fired. */
function runbookPage(variants: readonly Alert[], spec: ResolvedSpec): GeneratedFile {
  const [{ name, description, runbook }] = variants as [Alert];
  const text = [
    `<!-- ${generatedHeader(spec)} -->`,
    `# ${name}`,
    description,
    '## Symptom',
    runbook.symptom,
    '## What it means for users',
    runbook.meaning,
    '## How to look',
    runbook.look,
    '## How to mend',
    runbook.mend,
    '## When it fires',
    ...variants.flatMap((alert) => [facts(alert, spec), `\`\`\`promql\n${alert.expr}\n\`\`\``]),
    NOTES,
  ];
  return { path: `docs/runbooks/${name}.md`, text: `${text.join('\n\n')}\n` };
}

function facts(alert: Alert, { links }: ResolvedSpec): string {
  const { team, labels = {}, dashboard, severity, keepFiringFor } = alert;
  const more = Object.entries(labels).map(([label, value]) => `${label} ${inlineCode(value)}`);
  return [
    `- Severity: ${urgency[severity]}`,
    `- Team: ${[team, ...more].join(', ')}`,
    `- Holds for: ${alert.for}${keepFiringFor === undefined ? '' : `, and ${keepFiringFor} longer than it is true`}`,
    `- Dashboard: [${dashboard.uid}](${links.grafana}/d/${dashboard.uid})`,
  ].join('\n');
}
