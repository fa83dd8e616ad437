import { implementations } from './bench-record.mjs';

/** The table for people: nanoseconds and bytes of one call, and ours as a share of each peer's. */
export function renderRecord({ rows, repeats, versions }) {
  const peers = implementations.filter((name) => name !== 'bellwether');
  const header = ['case', 'tenants', ...implementations, ...peers.map((peer) => `of ${peer}`)];
  const table = [
    header,
    ...rows.map((row) => [
      row.case,
      String(row.tenants),
      ...implementations.map((name) => inWords(row[name])),
      ...peers.map((peer) => ratio(row.bellwether, row[peer])),
    ]),
  ];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        (column === 0 ? cell.padEnd : cell.padStart).call(cell, widths[column]),
      )
      .join('  '),
  );
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${lines.join('\n')}\n\nMedians of ${repeats} processes each; ± is half of the spread. ${names.join(', ')}.\n`;
}

const inWords = (cost) =>
  cost === undefined
    ? '-'
    : `${cost.ns.toFixed(1)} ns ±${Math.round(cost.spread * 50)} % ${cost.bytes} B`;

const ratio = (ours, theirs) =>
  ours === undefined || theirs === undefined ? '-' : (ours.ns / theirs.ns).toFixed(3);
