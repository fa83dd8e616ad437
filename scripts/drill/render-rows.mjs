const stages = ['pending', 'firing', 'alertmanager', 'told', 'resolved'];

/** The table for people: seconds after the fault began, and for `resolved` after it was mended. */
export function renderRows(rows, missing) {
  const table = [
    ['alert', ...stages, 'fault'],
    ...rows.map((row) => [row.alert, ...stages.map((stage) => inSeconds(row[stage])), row.fault]),
  ];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  );
  const failed = rows.filter(({ ok }) => !ok).length;
  const verdict = failed === 0 ? 'all told and resolved' : `${failed} not told or not resolved`;
  return [
    '\nSeconds from the fault to each stage; resolved: from its end until somebody was told.',
    ...lines,
    `${rows.length} paging alerts drilled, ${verdict}.`,
    ...(missing.length > 0 ? [`No fault here brings these about: ${missing.join(', ')}`] : []),
    '',
  ].join('\n');
}

const inSeconds = (seconds) => (seconds === undefined ? '-' : seconds.toFixed(1));
