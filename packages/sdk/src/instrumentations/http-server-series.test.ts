import { takeOver } from '@bellwether/meters/runtime';
import type { DataPoint } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { recordServerDuration } from './http-server-series.ts';

let cells: ReturnType<typeof takeOver>;
beforeEach(() => {
  cells = takeOver();
});
afterEach(() => cells.release());

/** How many requests each series has that `matches`. */
function counts(matches: (attributes: Record<string, unknown>) => boolean): number[] {
  return cells
    .collectNow()
    .flatMap(({ metrics }) => metrics)
    .filter(({ descriptor }) => descriptor.name === 'http.server.request.duration')
    .flatMap(({ dataPoints }): readonly DataPoint<unknown>[] => dataPoints)
    .filter(({ attributes }) => matches(attributes))
    .map(({ value }) => (value as { readonly count: number }).count);
}

test('a route with more endings than are kept loses none of them', () => {
  for (const round of [1, 2]) {
    for (let status = 200; status < 220; status += 1) {
      recordServerDuration(round, 'GET', 'http', '/endings', status, '1.1', undefined);
    }
  }
  expect(counts((attributes) => attributes['http.route'] === '/endings')).toEqual(
    new Array(20).fill(2),
  );
});

test('endings that differ in one attribute are series of their own', () => {
  const route = '/differ';
  recordServerDuration(1, 'GET', 'http', route, 500, '1.1', '500');
  recordServerDuration(1, 'GET', 'http', route, 500, '1.1', 'TypeError');
  recordServerDuration(1, 'POST', 'http', route, 500, '1.1', '500');
  recordServerDuration(1, 'GET', 'https', route, 500, '1.1', '500');
  recordServerDuration(1, 'GET', 'http', route, 500, '2', '500');
  recordServerDuration(1, 'GET', 'http', route, undefined, '1.1', '500');
  expect(counts((attributes) => attributes['http.route'] === route)).toEqual([1, 1, 1, 1, 1, 1]);
});

test('more routes than are kept are all counted, in the overflow series at last', () => {
  const all = () => counts(() => true).reduce((sum, count) => sum + count, 0);
  const before = all();
  for (let route = 0; route < 2_100; route += 1) {
    recordServerDuration(1, 'GET', 'http', `/many/${route}`, 200, '1.1', undefined);
  }
  expect(all() - before).toBe(2_100);
});
