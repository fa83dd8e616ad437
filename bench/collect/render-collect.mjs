import { implementations } from './bench-collect.mjs';

const measures = [
  ['collectMs', 'collect + serialize', 'ms', 2],
  ['blockMs', 'longest block of an export', 'ms', 2],
  ['firstBlockMs', 'the same, first export', 'ms', 1],
  ['bytesPerSeries', 'memory per series', 'B', 0],
  ['wireBytes', 'bytes of one collection', 'B', 0],
];

/** The table for people: milliseconds and bytes, and ours as a share of each peer's. */
export function renderCollect({ rows, repeats, versions }) {
  const peers = implementations.filter((name) => name !== 'bellwether');
  const header = ['series', 'what', ...implementations, ...peers.map((peer) => `of ${peer}`)];
  const table = [
    header,
    ...rows.flatMap((row) =>
      measures.map(([name, what, unit, digits]) => [
        `${row.series.toLocaleString('en')} ${row.kind}`,
        what,
        ...implementations.map((each) => inWords(row[each]?.[name], unit, digits)),
        ...peers.map((peer) => ratio(row.bellwether?.[name], row[peer]?.[name])),
      ]),
    ),
  ];
  const widths = header.map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd : cell.padStart).call(cell, widths[column]))
      .join('  '),
  );
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${lines.join('\n')}\n\nMedians of ${repeats} processes each; ± is half the whole spread. prom-client: the text of a scrape, not sent. ${names.join(', ')}.\n`;
}

const inWords = (cost, unit, digits) =>
  cost === undefined
    ? '-'
    : `${cost.median.toFixed(digits)} ${unit} ±${Math.round(cost.spread * 50)} %`;

const ratio = (ours, theirs) =>
  ours === undefined || theirs === undefined ? '-' : (ours.median / theirs.median).toFixed(3);
