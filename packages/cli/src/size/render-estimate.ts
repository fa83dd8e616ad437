import type { Estimate } from './estimate.ts';
import type { Fleet } from './fleet.ts';

/** The estimate as text for a person: every source with its product, the sums, every assumption. */
export function renderEstimate(estimate: Estimate, fleet: Fleet): string {
  const { sources, activeSeries, samplesPerSecond, headSeries, assumptions } = estimate;
  const days = fleet.retentionSeconds / 86_400;
  const rows = sources.toSorted((a, b) => b.series - a.series);
  const source = columns(
    rows.map(({ source: name, series, everySeconds, how }) => [
      count(series),
      `${everySeconds} s`,
      name,
      how,
    ]),
    [true, true],
  );
  const sums = columns([
    ['series', `${count(activeSeries)} active, ${count(headSeries)} in memory`],
    ['samples a second', count(samplesPerSecond)],
    [`disk for ${Number(days.toFixed(1))} days`, bytes(estimate.diskBytes)],
    ['memory of Prometheus', bytes(estimate.prometheusBytes)],
    ['memory of the Collector', bytes(estimate.collectorBytes)],
  ]);
  const assumed = columns(
    assumptions.map(({ name, value, basis, means }) => [name, String(value), basis, means]),
    [false, true],
  );
  return [
    'Series, and seconds between two of their samples',
    ...source,
    '',
    'Together',
    ...sums,
    '',
    'Assumptions, each changed by --assume name=value',
    ...assumed,
  ].join('\n');
}

const count = (number: number): string => Math.round(number).toLocaleString('en');

/** In powers of 1000, as disks are sold. */
export function bytes(number: number): string {
  const [unit, size] = (
    [
      ['TB', 1e12],
      ['GB', 1e9],
      ['MB', 1e6],
    ] as const
  ).find(([, least]) => number >= least) ?? ['MB', 1e6];
  return `${(number / size).toFixed(number / size < 10 ? 1 : 0)} ${unit}`;
}

function columns(rows: readonly (readonly string[])[], right: readonly boolean[] = []): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, i) => (right[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))).join('  ')}`.trimEnd(),
  );
}
