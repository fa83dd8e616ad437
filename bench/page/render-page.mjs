import { chartsOf } from './charts.mjs';
import { targetRows } from './render-targets.mjs';
import { sections } from './sections.mjs';
import { markdownTable } from './text-table.mjs';
import { winsOfPeers } from './wins-of-peers.mjs';

/**
 * The files of the page, by path in docs: `benchmarks.md` and its charts. Pure: the same results and tables give the same bytes.
 * `tables` are the texts of the suites' own renderers.
 */
export function renderPage({ suites, targets, tables }) {
  const charts = chartsOf(suites);
  const parts = [
    '<!-- Made by `npm run bench -- --write` from benchmarks/results.json; do not edit. -->',
    '# Benchmarks',
    sections.introduction,
    '## Targets',
    sections.targets,
    markdownTable(targetRows(targets)),
    targetSummary(targets),
    '## Where a peer is ahead',
    winsOfPeers(suites),
    ...Object.entries(suites).flatMap(([name, suite]) => [
      `## ${sections[name].title}`,
      sections[name].text,
      ...charts
        .filter((chart) => chart.suite === name)
        .map(({ file, alt }) => `![${alt}](benchmarks/${file}.svg)`),
      `\`\`\`text\n${tables[name].trimEnd()}\n\`\`\``,
      origin(suite),
    ]),
    '## How it is measured, and why it is fair',
    sections.method,
    '## What is not measured',
    sections.limits,
  ];
  return {
    'benchmarks.md': `${parts.join('\n\n')}\n`,
    ...Object.fromEntries(charts.map(({ file, svg }) => [`benchmarks/${file}.svg`, svg])),
  };
}

function targetSummary(targets) {
  const missed = targets.filter(({ met }) => met === false);
  const met = targets.filter((target) => target.met === true).length;
  const rest = targets.length - met - missed.length;
  const unknown = rest === 0 ? '' : ` ${rest} could not be measured.`;
  return `${met} of ${targets.length} targets are met, ${missed.length} are missed.${unknown}`;
}

function origin({ machine, at, quick, versions = {} }) {
  const { cpu, cores, memoryGiB, system, node, commit } = machine;
  const packages = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const pace = quick ? ' A quick run: the spread is wide.' : '';
  const lines = [
    `Measured ${at.slice(0, 10)} on ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${system}, Node.js ${node}, commit ${commit}.${pace}`,
    packages.length === 0 ? '' : ` Versions: ${packages.join(', ')}.`,
  ];
  return `<sub>${lines.join('')}</sub>`;
}
