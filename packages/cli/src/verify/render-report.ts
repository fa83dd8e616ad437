import { type Finding, placeText } from './finding.ts';
import { missingMetrics } from './missing-metrics.ts';
import type { VerifyReport } from './verify-report.ts';

/** The report for people: a table of dashboards, what is wrong, what is excused, one line of numbers. */
export function renderReport(report: VerifyReport): string {
  const { counts, problems, expected, unseen, stale } = report;
  const sections = [
    table(report),
    section('These do not work:', [
      ...notLoaded(problems),
      ...variables(problems),
      ...problems
        .filter(({ kind, place }) => kind !== 'not-loaded' && place.variable === undefined)
        .map(problem),
    ]),
    section(
      'Empty, as expected:',
      expected.map(({ finding, reason }) => `${placeText(finding.place)}: ${reason}`),
    ),
    section(
      'Expected to be empty, and not any more; remove them from the list:',
      stale.map(({ dashboard, panel, rule, alert, metrics }) =>
        metrics !== undefined
          ? `metrics ${metrics}`
          : placeText({
              ...(dashboard !== undefined && { dashboard }),
              ...(panel !== undefined && { panel }),
              ...(rule !== undefined && { rule }),
              ...(alert !== undefined && { alert }),
            }),
      ),
    ),
    section('About what has not occurred yet, for information:', notYet(unseen)),
    section(WHY, missing(problems)),
    [
      `${counts.dashboards} dashboards, ${counts.panels} panels, ${counts.recordingRules} recording rules, ${counts.alerts} alerts:`,
      `${counts.queries} queries, ${counts.empty} empty, ${counts.expectedEmpty} expected to be, ${counts.problems} problems.`,
    ].join(' '),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

/** Last, where a person at a terminal looks first. */
const WHY =
  'Metrics that Prometheus does not have. What your services never send, leave out by generate --without; the rest is to be mended:';

/** One metric may be behind many problems; a single problem says it by itself. */
function missing(problems: readonly Finding[]): readonly string[] {
  return missingMetrics(problems)
    .filter(({ queries }) => queries > 1)
    .map(({ metric, queries }) => `${metric}: ${queries} queries`);
}

function table({ dashboards }: VerifyReport): string {
  if (dashboards.length === 0) return '';
  const rows = [
    ['dashboard', 'panels', 'queries', 'empty'],
    ...dashboards.map(({ uid, panels, queries, empty }) => [uid, panels, queries, empty]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => String(row[column]).length));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(width(0)) : String(cell).padStart(width(column)),
        )
        .join('  '),
    )
    .join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function problem({ kind, place, message, query = '' }: Finding): string {
  return [`${kind}: ${placeText(place)}`, `  ${message}`, `  ${oneLine(query)}`].join('\n  ');
}

/** A file that Prometheus has not loaded is one line, not one for each of its rules. */
function notLoaded(problems: readonly Finding[]): readonly string[] {
  const of = problems.filter(({ kind }) => kind === 'not-loaded');
  return [...new Set(of.map(({ message }) => message))].map((message) => {
    const [first, ...rest] = of.filter((finding) => finding.message === message);
    const more = rest.length > 0 ? ` and ${rest.length} more` : '';
    return `not-loaded: ${first && placeText(first.place)}${more}\n    ${message}`;
  });
}

/** Dashboards share their variables: one that nothing is offered for is one problem, not one for each dashboard. */
function variables(problems: readonly Finding[]): readonly string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of problems) {
    const { variable } = finding.place;
    if (variable === undefined) continue;
    const group = `${variable} ${finding.kind} ${finding.message}`;
    groups.set(group, [...(groups.get(group) ?? []), finding]);
  }
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return [];
    const [head, ...more] = problem(first).split('\n');
    return [
      rest.length > 0
        ? [`${head} (${rest.length + 1} dashboards)`, ...more].join('\n')
        : problem(first),
    ];
  });
}

/** The same annotation of every dashboard is one line. */
function notYet(unseen: readonly Finding[]): readonly string[] {
  const lines = new Map<string, number>();
  for (const { place, message } of unseen) {
    const { dashboard: _, ...rest } = place;
    const line = `${placeText(place.panel === undefined ? rest : place)}: ${message}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, times]) => (times > 1 ? `${line} (${times} dashboards)` : line));
}

function oneLine(query: string): string {
  const line = query.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}...` : line;
}
