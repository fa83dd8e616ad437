import type { Series } from '../api/answers.ts';

/** A grid of how much fell into each bucket at each step. */
export interface HeatmapCells {
  readonly times: readonly number[];
  /** Upper bounds, growing; the last may be Infinity. */
  readonly bounds: readonly number[];
  /** `counts[bucket][step]`. */
  readonly counts: readonly (readonly number[])[];
  readonly most: number;
}

/** Makes a grid of cumulative buckets (`le`): each row keeps only what its bucket adds. Empty rows at both ends go. */
export function heatmapCells(series: readonly Series[]): HeatmapCells {
  const sorted = series
    .map(({ labels, points }) => ({ bound: boundOf(labels.le), values: new Map(points) }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .sort((a, b) => a.bound - b.bound);
  const times = [...new Set(sorted.flatMap(({ values }) => [...values.keys()]))].sort(
    (a, b) => a - b,
  );
  const rows = sorted.map(({ bound, values }, index) => ({
    bound,
    counts: times.map((time) => {
      const below = index === 0 ? 0 : (sorted[index - 1]?.values.get(time) ?? 0);
      return Math.max(0, (values.get(time) ?? 0) - below);
    }),
  }));
  const isUsed = ({ counts }: (typeof rows)[number]) => counts.some((count) => count > 1e-9);
  const first = rows.findIndex(isUsed);
  const used = first === -1 ? [] : rows.slice(first, rows.findLastIndex(isUsed) + 1);
  return {
    times,
    bounds: used.map(({ bound }) => bound),
    counts: used.map(({ counts }) => counts),
    most: Math.max(0, ...used.flatMap(({ counts }) => counts)),
  };
}

const boundOf = (le: string | undefined) =>
  le === '+Inf' ? Number.POSITIVE_INFINITY : Number.parseFloat(le ?? '');
