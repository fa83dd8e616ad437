import { expect, test } from 'vitest';
import { heatmapCells } from './heatmap-cells.ts';

const bucket = (le: string, ...values: number[]) => ({
  labels: { le },
  points: values.map((value, index) => [index * 10, value] as const),
});

test('cumulative buckets become what each bucket adds, empty ends cut off', () => {
  const cells = heatmapCells([
    bucket('+Inf', 5, 9),
    bucket('0.1', 0, 0),
    bucket('0.5', 3, 4),
    bucket('1.0', 5, 9),
  ]);
  expect(cells).toEqual({
    times: [0, 10],
    bounds: [0.5, 1],
    counts: [
      [3, 4],
      [2, 5],
    ],
    most: 5,
  });
});

test('nothing measured is an empty grid', () => {
  expect(heatmapCells([])).toEqual({ times: [], bounds: [], counts: [], most: 0 });
});
