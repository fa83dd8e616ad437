import type { Series } from '../api/answers.ts';

/** Columns as uPlot wants them: the times, then a column for each series; a gap is null. */
export interface Aligned {
  readonly times: readonly number[];
  readonly columns: readonly (readonly (number | null)[])[];
}

/** Puts series on one common time axis. Steps that no series has are gaps where they are longer than `step`. */
export function alignSeries(series: readonly Series[], step: number): Aligned {
  const seen = new Set<number>();
  for (const { points } of series) for (const [time] of points) seen.add(time);
  const sorted = [...seen].sort((a, b) => a - b);
  const times: number[] = [];
  for (const time of sorted) {
    const before = times.at(-1);
    if (before !== undefined && time - before > step * 1.5) times.push(before + step);
    times.push(time);
  }
  const columns = series.map(({ points }) => {
    const values = new Map(points);
    return times.map((time) => values.get(time) ?? null);
  });
  return { times, columns };
}

/** Columns laid on top of each other, the first at the bottom. Where all are gaps the sum is one too. */
export function stackColumns(columns: Aligned['columns']): (number | null)[][] {
  const sums: (number | null)[] = [];
  return columns.map((column) =>
    column.map((value, index) => {
      const below = sums[index] ?? null;
      const sum = value === null ? below : (below ?? 0) + value;
      sums[index] = sum;
      return value === null && below === null ? null : sum;
    }),
  );
}

/** The newest time at which any series has a value. */
export function newestTime(series: readonly Series[]): number | undefined {
  let newest: number | undefined;
  for (const { points } of series) {
    const last = points.findLast(([, value]) => value !== null);
    if (last !== undefined && (newest === undefined || last[0] > newest)) newest = last[0];
  }
  return newest;
}
