import { renderTable } from '../start/live-table.mjs';

/** The table for people, and below it what is wrong with which picture. */
export function renderRows(rows, { out, problems }) {
  const table = rows.map((row) => ({
    ...{ view: row.view, role: row.role, device: row.device, theme: row.theme },
    ...{ panels: row.panels, empty: row.empty.length, failed: row.failed.length },
    ...{ complaints: row.complaints.length, axe: row.axe.length },
    'too wide': row.tooWide > 0 ? `${row.tooWide} px` : 'no',
  }));
  const wrong = rows.flatMap(({ file, empty, failed, complaints, axe }) => [
    ...empty.map((panel) => `${file}: nothing in ${panel}`),
    ...failed.map((panel) => `${file}: no answer for ${panel}`),
    ...[...complaints, ...axe].map((text) => `${file}: ${text}`),
  ]);
  const clean = rows.filter(({ ok }) => ok).length;
  return `${[
    ...renderTable(table),
    '',
    ...wrong,
    ...problems,
    `${rows.length} pictures in ${out}, ${clean} of them clean.`,
  ].join('\n')}\n`;
}
