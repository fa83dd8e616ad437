import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { expect, test } from 'vitest';
import { layOut, row } from './layout.ts';

const panel = (title: string, w: number, h = 8): Panel => ({
  type: 'stat',
  title,
  gridPos: { x: 0, y: 0, w, h },
});
const boxes = (...rows: Parameters<typeof layOut>[0]) =>
  layOut(rows).map(({ title, id, gridPos }) => [
    title,
    id,
    gridPos?.x,
    gridPos?.y,
    gridPos?.w,
    gridPos?.h,
  ]);

test('a line is filled from left to right and stretched to 24 columns', () => {
  expect(
    boxes(
      row(
        'Now',
        [4, 4, 4, 4, 4].map((w, i) => panel(`p${i}`, w, 4)),
      ),
    ),
  ).toEqual([
    ['Now', 100, 0, 0, 24, 1],
    ['p0', 101, 0, 1, 5, 4],
    ['p1', 102, 5, 1, 5, 4],
    ['p2', 103, 10, 1, 4, 4],
    ['p3', 104, 14, 1, 5, 4],
    ['p4', 105, 19, 1, 5, 4],
  ]);
});

test('what does not fit begins a line, below the highest panel of the one before', () => {
  expect(boxes(row('Two', [panel('a', 16, 6), panel('b', 8, 9), panel('c', 12)]))).toEqual([
    ['Two', 100, 0, 0, 24, 1],
    ['a', 101, 0, 1, 16, 9],
    ['b', 102, 16, 1, 8, 9],
    ['c', 103, 0, 10, 24, 8],
  ]);
});

test('missing panels and empty rows are left out; ids of later rows stay', () => {
  expect(
    boxes(
      row('A', [undefined, panel('a', 24)]),
      row('None', [undefined]),
      row('B', [panel('b', 24)]),
    ),
  ).toEqual([
    ['A', 100, 0, 0, 24, 1],
    ['a', 101, 0, 1, 24, 8],
    ['B', 200, 0, 9, 24, 1],
    ['b', 201, 0, 10, 24, 8],
  ]);
});
