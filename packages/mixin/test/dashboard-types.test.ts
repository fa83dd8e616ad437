import { expect, test } from 'vitest';
import { checkTypes } from './dashboard-lint/check-types.ts';
import { exampleDashboards } from './dashboard-lint/example-dashboards.ts';

const { dashboards } = exampleDashboards('classic');
const native = exampleDashboards('native').dashboards;

/** One change to a good dashboard that Grafana would not understand, and what the types say about it. */
const broken: readonly (readonly [string, (json: string) => string, RegExp])[] = [
  [
    'a panel of an unknown type',
    (json) => json.replace('"type": "stat"', '"type": "statt"'),
    /statt/,
  ],
  ['a misspelt property', (json) => json.replace('"refresh"', '"refersh"'), /refersh/],
  ['a misspelt option', (json) => json.replace('"graphMode"', '"graphmode"'), /graphmode/],
  ['an unknown option value', (json) => json.replace('"area"', '"areas"'), /areas/],
  ['a number as text', (json) => json.replace('"w": 24', '"w": "24"'), /string/],
  ['an unknown threshold mode', (json) => json.replace('"absolute"', '"relative"'), /relative/],
  ['a query without an expression', (json) => json.replace('"expr"', '"query"'), /query/],
  [
    'a query of an unknown format',
    (json) => json.replace('"time_series"', '"timeseries"'),
    /format|timeseries/,
  ],
  ['an unknown crosshair', (json) => json.replace('"graphTooltip": 1', '"graphTooltip": 7'), /7/],
];

test('every dashboard is what the types of the Foundation SDK say, and a broken one is not', () => {
  const [good] = dashboards.map((dashboard) => JSON.stringify(dashboard, null, 2));
  const results = checkTypes(
    new Map([
      ...dashboards.map((each) => [`classic-${each.uid}`, JSON.stringify(each)] as const),
      ...native.map((each) => [`native-${each.uid}`, JSON.stringify(each)] as const),
      ...broken.map(([, damage], i) => [`broken-${i}`, damage(good ?? '')] as const),
    ]),
  );
  expect(dashboards.length).toBeGreaterThan(5);
  for (const [name, errors] of results)
    if (!name.startsWith('broken')) expect({ name, errors }).toEqual({ name, errors: [] });
  for (const [i, [what, , message]] of broken.entries())
    expect(results.get(`broken-${i}`)?.join(' '), what).toMatch(message);
});
