import { textTable } from '../page/text-table.mjs';

/** The table for people: MiB after the load, and how much of it the instrumentation is. */
export function renderMemory({ rows, repeats, requests }) {
  const bare = rows.find(({ variant }) => variant === 'bare')?.rssMiB?.median;
  const table = [
    ['resident memory under load', 'MiB', '± half spread', 'more than nothing'],
    ...rows.map(({ title, rssMiB, error }) =>
      error === undefined
        ? [
            title,
            rssMiB.median.toFixed(0),
            `${(rssMiB.spread * 50).toFixed(0)} %`,
            `${(rssMiB.median - bare).toFixed(0)}`,
          ]
        : [`${title}: ${error}`, 'failed', '', ''],
    ),
  ];
  return `${textTable(table)}\n\nAfter ${requests.toLocaleString('en-US')} requests to the hello app, medians of ${repeats} processes.\n`;
}
