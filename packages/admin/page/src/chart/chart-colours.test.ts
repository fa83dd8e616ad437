import { expect, test } from 'vitest';
import { type ChartColours, seriesColours } from './chart-colours.ts';

const colours: ChartColours = {
  series: ['blue', 'orange', 'green', 'purple'],
  text: 'black',
  grid: 'grey',
  surface: 'white',
  ok: 'ok',
  warning: 'warning',
  critical: 'critical',
  neutral: 'neutral',
  heat: [],
};

test.each([
  [
    ['200', '404', '500'],
    ['green', 'orange', 'critical'],
  ],
  [
    ['4xx', '5xx'],
    ['orange', 'critical'],
  ],
  [
    ['of clients (4xx)', 'of ours (5xx)'],
    ['orange', 'critical'],
  ],
  [
    ['critical', 'warning'],
    ['critical', 'warning'],
  ],
])('%j mean the same wherever they are shown', (names, expected) => {
  expect(seriesColours(names, colours)).toEqual(expected);
});

test('neighbours of one class differ, and what only looks like a status has no colour of its own', () => {
  expect(seriesColours(['404', '409'], colours)).toEqual([
    'orange',
    'color-mix(in oklab, orange 72%, white)',
  ]);
  expect(seriesColours(['shop-500', 'GET /500x', 'tenant 404'], colours)).toEqual([
    'blue',
    'orange',
    'green',
  ]);
});
