import { renderTable } from '../start/live-table.mjs';

/** The table for people, and below it why a promise was broken. */
export function renderRows(rows, { jobs, seconds }) {
  const broken = rows.filter(({ ok }) => !ok);
  const loads = rows.flatMap(({ load }) => load ?? []);
  return [
    '',
    ...renderTable(rows.map(cells)),
    '',
    ...broken.flatMap(({ fault, why }) => why.map((reason) => `${fault}: ${reason}`)),
    `${rows.length} faults, ${broken.length === 0 ? 'every promise held' : `${broken.length} with a broken promise`}.`,
    `${jobs} ${jobs === 1 ? 'stack' : 'stacks side by side'}, ${(seconds / 60).toFixed(0)} min, load average ${rangeOf(loads)}.`,
    '',
  ].join('\n');
}

function cells(row) {
  return {
    fault: row.fault,
    'outage s': tenths(row.outageSeconds),
    done: row.done ?? '-',
    lost: lostOf(row),
    twice: row.doubled ?? '-',
    batches: row.refused?.batches ?? '-',
    'gap s': tenths(row.gapSeconds),
    'recovered s': tenths(row.recoverSeconds),
    alert: alertOf(row),
    exit: exitOf(row),
    ok: row.ok ? 'yes' : 'NO',
  };
}

function lostOf({ lost, mayLose }) {
  if (lost === undefined) return '-';
  return mayLose === undefined ? String(lost) : `${lost} (at most ${mayLose})`;
}

function alertOf({ alert }) {
  if (alert === undefined) return '-';
  if (!alert.due) return `${alert.name}: not due yet`;
  return `${alert.name}: ${alert.seen ? `after ${alert.seconds.toFixed(0)} s` : 'NOT TOLD'}`;
}

function exitOf({ exit }) {
  if (exit === undefined) return '-';
  return `${exit.signal ?? `code ${exit.code}`} in ${exit.seconds.toFixed(1)} s`;
}

function rangeOf(loads) {
  if (loads.length === 0) return 'unknown';
  return `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
}

const tenths = (seconds) => (seconds === undefined ? '-' : seconds.toFixed(1));
