import { textTable } from '../page/text-table.mjs';
import { apps } from './apps.mjs';
import { variants } from './variants.mjs';

/** The tables for people, one an app: microseconds of CPU of one request, capacity left, and what was sent for it. */
export function renderRequest({ rows, repeats }) {
  const names = [...new Set(rows.map(({ app }) => app))];
  const tables = names.map((app) => textTable(requestRows(rows.filter((row) => row.app === app))));
  return `${tables.join('\n\n')}\n\nMedians over the slices of ${repeats} ${repeats === 1 ? 'process' : 'processes'} each; capacity = CPU of the bare app / CPU of this one, in slices that take turns.\n`;
}

/** Rows of a table of one app, the header first. */
export const requestRows = (rows) => [
  [apps[rows[0].app].title, 'CPU µs', '± half spread', 'capacity', 'spans a request', 'MiB'],
  ...rows.map(({ variant, cpuUs, capacity, rssMiB, spans, error }) => {
    const { title } = variants[variant];
    if (error !== undefined) return [`${title}: ${error}`, 'failed', '', '', '', ''];
    return [
      title,
      cpuUs.median.toFixed(cpuUs.median < 100 ? 1 : 0),
      `${(cpuUs.spread * 50).toFixed(0)} %`,
      capacity?.toFixed(2) ?? '',
      spans === undefined ? '' : inSpans(spans),
      rssMiB.median.toFixed(0),
    ];
  }),
];

/** A share of sampled requests is said as such, and the tail that had yet to be sent is none. */
export function inSpans(spans) {
  if (spans > 0 && spans < 0.05) return 'sampled';
  return Math.abs(spans - Math.round(spans)) < 0.05 ? spans.toFixed(0) : spans.toFixed(1);
}
