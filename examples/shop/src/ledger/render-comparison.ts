import type { ComparedEntry } from './compare-entries.ts';

/** The comparison as text, one row an entry, a mark where the two sides differ. */
export function renderComparison(rows: readonly ComparedEntry[]): string {
  const cells = [
    ['tenant', 'what', 'of', 'ledger', 'Prometheus', ''],
    ...rows.map(({ tenant, measure, labels, ledger, metric, equal }) => [
      tenant,
      measure,
      Object.values(labels).join(' '),
      String(ledger),
      String(metric),
      equal ? '=' : 'DIFFERS',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const numeric = (column: number) => column === 3 || column === 4;
  return cells
    .map((row) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return numeric(column) ? text.padStart(width) : text.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
