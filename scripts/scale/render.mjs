import { renderTable } from '../start/live-table.mjs';

const mib = (bytes) => Math.round(bytes / 2 ** 20);
const fixed = (number, digits) => Number(number.toFixed(digits));

/** The rows of the cost table. */
export const costRows = (cost) =>
  cost.map((row) => ({
    layout: row.layout,
    load: `x${row.factor}`,
    series: row.series,
    'samples/s': row.samplesPerSecond,
    held: row.held ? 'yes' : 'no',
    'CPU s / M samples': fixed(row.perMillionSamples.cpuSeconds, 1),
    'of that Collectors': fixed((row.cpuSeconds.collectors / totalOf(row.cpuSeconds)) * 100, 0),
    'storage MiB': mib(row.memoryBytes.storage),
    'Collectors MiB': mib(row.memoryBytes.collectors),
    'GiB / M series': fixed(row.perMillionSeries.memoryBytes / 2 ** 30, 1),
    'bytes/sample': fixed(row.chunkBytesPerSample, 2),
    'index B/series': Math.round(row.indexBytesPerSeries),
    'query s': fixed(row.querySeconds, 2),
  }));

const totalOf = (numbers) => Object.values(numbers).reduce((sum, one) => sum + one, 0);

/** The rows of the steps of the fault. */
export const stepRows = ({ steps }) =>
  steps.map(({ what, ...seen }) => ({
    step: what,
    seen: Object.entries(seen)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  }));

/** Who tried what by which door, summed up: a row for each question. */
export function isolationRows({ isolation }) {
  const rows = new Map();
  for (const [where, tries] of Object.entries(isolation))
    for (const { door, what, ok } of tries) {
      const key = `${door} ${what}`;
      const row = rows.get(key) ?? { door, question: what, memory: '', store: '' };
      const [good, all] = row[`${where}Counts`] ?? [0, 0];
      row[`${where}Counts`] = [good + (ok ? 1 : 0), all + 1];
      rows.set(key, row);
    }
  return [...rows.values()].map(
    ({ door, question, memoryCounts = [0, 0], storeCounts = [0, 0] }) => ({
      door,
      question,
      'in memory': memoryCounts.join(' of '),
      'in the store': storeCounts.join(' of '),
    }),
  );
}

/** The rows of the comparison of bellwether size with a run. */
export const sizeRows = (rows) =>
  rows.map(({ what, predicted, measured, ratio }) => ({
    what,
    predicted: shown(predicted),
    measured: shown(measured),
    'predicted / measured': Number.isFinite(ratio) ? fixed(ratio, 2) : '-',
  }));

/** The rows of bytes a sample. */
export const byteRows = ({ bytes }) =>
  bytes.map(({ what, series, chunkBytes, indexBytes, bytesPerSample, quiet }) => ({
    what,
    series,
    'bytes of chunks': fixed(chunkBytes, 2),
    'of index': fixed(indexBytes, 2),
    'bytes a sample': fixed(bytesPerSample, 2),
    'where no value changes': fixed(quiet, 2),
  }));

const shown = (number) =>
  number >= 1e6 ? `${fixed(number / 1e6, 1)} M` : String(fixed(number, number < 10 ? 2 : 0));

export function renderScale({ fault, cost, size }) {
  const part = (title, rows) => `\n${title}\n${renderTable(rows).join('\n')}\n`;
  return [
    fault && part('Under load, with receivers killed', stepRows(fault)),
    fault &&
      part(
        'What tenants saw of each other: tries that showed nothing foreign',
        isolationRows(fault),
      ),
    fault?.problems.map((problem) => `${problem}\n`).join(''),
    cost && part('Cost', costRows(cost)),
    size && part('bellwether size against the shop, series', sizeRows(size.series)),
    size && part('bellwether size against the shop', sizeRows(size.totals)),
    size && part('Bytes a sample, chunks full', byteRows(size)),
  ]
    .filter(Boolean)
    .join('');
}
