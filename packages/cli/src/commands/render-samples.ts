import type { PromSample } from '../stack/prom-query.ts';

/** Series as a table for a person: a column for each label that any of them has, the value last. */
export function renderSamples(samples: readonly PromSample[]): string {
  const labels = [...new Set(samples.flatMap(({ labels: own }) => Object.keys(own)))].sort();
  const rows = samples
    .map((sample) => [...labels.map((label) => sample.labels[label] ?? ''), String(sample.value)])
    .sort((a, b) => a.join('\u0000').localeCompare(b.join('\u0000')));
  const table = [[...labels, 'value'], ...rows];
  const widths = labels.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
