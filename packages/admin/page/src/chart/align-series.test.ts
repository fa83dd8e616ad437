import { expect, test } from 'vitest';
import { alignSeries, newestTime, stackColumns } from './align-series.ts';

const of = (...points: [number, number | null][]) => ({ labels: {}, points });

test('series of different times share one axis, and a hole stays a hole', () => {
  const { times, columns } = alignSeries([of([10, 1], [20, 2], [60, 6]), of([20, 5])], 10);
  expect(times).toEqual([10, 20, 30, 60]);
  expect(columns).toEqual([
    [1, 2, null, 6],
    [null, 5, null, null],
  ]);
});

test('stacking adds what is there', () => {
  expect(
    stackColumns([
      [1, null, null],
      [2, 3, null],
    ]),
  ).toEqual([
    [1, null, null],
    [3, 3, null],
  ]);
});

test('the newest time is that of a value, not of a gap', () => {
  expect(newestTime([of([10, 1], [20, null]), of([5, 1])])).toBe(10);
  expect(newestTime([])).toBeUndefined();
});
