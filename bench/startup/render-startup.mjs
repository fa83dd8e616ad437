import { textTable } from '../page/text-table.mjs';

const titles = { empty: 'an empty app', express: 'an app that imports Express' };

/** The tables for people: what each adds to the start, app by app. */
export function renderStartup({ rows, repeats }) {
  const tables = Object.entries(titles).map(([app, title]) =>
    textTable([
      [title, 'ms', '± half spread', 'added ms', 'added CPU ms', 'MiB', 'added MiB'],
      ...rows.filter((row) => row.app === app).map(line),
    ]),
  );
  return `${tables.join('\n\n')}\n\nFrom spawn to the end of the app's imports, medians of ${repeats} processes.\n`;
}

function line({ title, wallMs, rssMiB, added, error }) {
  if (error !== undefined) return [title, 'failed', '', error.split('\n')[0], '', '', ''];
  return [
    title,
    wallMs.median.toFixed(1),
    `${(wallMs.spread * 50).toFixed(0)} %`,
    (added.wallMs ?? 0).toFixed(1),
    (added.cpuMs ?? 0).toFixed(1),
    rssMiB.median.toFixed(1),
    (added.rssMiB ?? 0).toFixed(1),
  ];
}
