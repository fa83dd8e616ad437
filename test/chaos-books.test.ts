import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { catalogOf } from '@bellwether/meters';
import { expect, test } from 'vitest';
import { measures } from '../examples/shop/src/ledger/measures.ts';
import { meters } from '../examples/shop/src/meters.ts';
import { root } from './support/repository.ts';

interface Entry {
  readonly tenant: string;
  readonly measure: string;
  readonly labels: Readonly<Record<string, string>>;
}
interface Difference extends Entry {
  readonly ledger: number;
  readonly missing: number;
  readonly lost: number;
  readonly doubled: number;
}
interface Sum {
  readonly done: number;
  readonly lost: number;
  readonly doubled: number;
  readonly wrongAmounts: readonly string[];
}

const load = <T>(file: string) =>
  import(pathToFileURL(join(root, 'scripts/chaos', file)).href) as Promise<T>;
const { amounts, beyond, differencesOf, sumUp } = await load<{
  amounts: ReadonlySet<string>;
  differencesOf(
    rows: readonly (Entry & { ledger: number; metric: number })[],
    before?: readonly Difference[],
  ): Difference[];
  sumUp(differences: readonly Difference[], before?: readonly Difference[]): Sum;
  beyond(
    differences: readonly Difference[],
    allowed: readonly (Entry & { value: number })[],
  ): Difference[];
}>('differences.mjs');
const { longestGap } = await load<{
  longestGap(series: readonly (readonly number[])[], from: number, to: number): number | undefined;
}>('longest-gap.mjs');

const { brokenPromises } = await load<{
  brokenPromises(promise: object, seen: object, plan: { readonly exportMs: number }): string[];
}>('judge.mjs');

const { countRefused, countDropped, refusedBetween } = await load<{
  countRefused(exposition: string): number;
  countDropped(exposition: string): number;
  refusedBetween(before: Counted, after: Counted): number;
}>('refused-requests.mjs');

interface Counted {
  readonly requests: number;
  readonly dropped: number;
}

const paid = { tenant: 'acme', measure: 'orders', labels: { status: 'paid', currency: 'EUR' } };
const paidElsewhere = { ...paid, labels: { currency: 'EUR', status: 'paid' } };
const revenue = { tenant: 'acme', measure: 'revenue', labels: { currency: 'EUR' } };

test('what Prometheus lacks is lost, what it has too much is counted twice', () => {
  const differences = differencesOf([
    { ...paid, ledger: 10, metric: 7 },
    { ...paid, tenant: 'globex', ledger: 4, metric: 5 },
  ]);
  expect(sumUp(differences)).toEqual({ done: 14, lost: 3, doubled: 1, wrongAmounts: [] });
});

test('what an earlier fault took is not held against a later one', () => {
  const before = differencesOf([{ ...paid, ledger: 10, metric: 7 }]);
  const still = differencesOf([{ ...paidElsewhere, ledger: 15, metric: 12 }], before);
  expect(sumUp(still, before)).toMatchObject({ done: 5, lost: 0, doubled: 0 });
  const worse = differencesOf([{ ...paid, ledger: 15, metric: 10 }], before);
  expect(sumUp(worse, before)).toMatchObject({ done: 5, lost: 2, doubled: 0 });
});

test('money is no number of increments, and is said apart', () => {
  const differences = differencesOf([
    { ...paid, ledger: 2, metric: 1 },
    { ...revenue, ledger: 5000, metric: 3001 },
  ]);
  expect(sumUp(differences)).toEqual({
    ...{ done: 2, lost: 1, doubled: 0 },
    wrongAmounts: ['acme revenue EUR -1999'],
  });
});

test('money is what the catalog measures in minor units', () => {
  const unitOf = (meter: string) =>
    catalogOf(meters)?.instruments.find(({ name }) => name === meter)?.unit;
  const inMinorUnits = measures
    .filter(({ kind, meter }) => kind === 'counter' && unitOf(meter) === '{minor_unit}')
    .map(({ name }) => name);
  expect([...amounts].sort()).toEqual(inMinorUnits.sort());
});

test('a process that was killed may lose what it did last, and no more of anything', () => {
  const differences = differencesOf([
    { ...paid, ledger: 10, metric: 8 },
    { ...revenue, ledger: 900, metric: 500 },
  ]);
  const last = [
    { ...paidElsewhere, value: 2 },
    { ...revenue, value: 400 },
  ];
  expect(beyond(differences, last)).toEqual([]);
  expect(beyond(differences, last.slice(0, 1))).toMatchObject([{ ...revenue, lost: 400 }]);
  expect(beyond(differences, [])).toHaveLength(2);
});

test('the longest gap is that of the processes that lived through the outage', () => {
  const whole = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(longestGap([whole], 3, 6)).toBe(1);
  expect(longestGap([[1, 2, 7, 8], whole], 3, 6)).toBe(5);
  expect(longestGap([[1, 2, 3.5], whole], 3, 6)).toBe(1);
  expect(longestGap([[1, 2, 3.5]], 3, 6)).toBeUndefined();
});

test('every promise that was broken is named', () => {
  const well = {
    ...{ differences: [], allowed: [], healthy: true, met: true, done: 5, gapSeconds: 1.2 },
    ended: { code: 7, signal: null, seconds: 0.4 },
    alert: { name: 'CollectorDown', due: true, seen: true },
  };
  const promise = { replayed: true, exit: { code: 7, withinSeconds: 3 } };
  const plan = { exportMs: 1_000 };
  expect(brokenPromises(promise, well, plan)).toEqual([]);
  const ill = {
    ...{ failure: 'connect ECONNREFUSED', allowed: [], healthy: false, met: false, done: 0 },
    ...{ gapSeconds: 14, ended: { code: 1, signal: null, seconds: 4 } },
    differences: differencesOf([
      { ...paid, ledger: 3, metric: 2 },
      { ...paid, tenant: 'globex', ledger: 3, metric: 4 },
    ]),
    alert: { name: 'CollectorDown', due: true, seen: false },
  };
  expect(brokenPromises(promise, ill, plan)).toEqual([
    'the books could not be read: connect ECONNREFUSED',
    'a replica is not healthy again',
    'the fault met nothing',
    'nothing was done meanwhile',
    '1 lost: acme orders paid EUR',
    '1 too many: globex orders paid EUR',
    'expected it to end with code 7, got 1',
    'expected it to end within 3 s, it took 4.0 s',
    'points of the outage are missing: 14 s without one',
    'nobody was told of CollectorDown',
  ]);
  const late = {
    ...{ ...well, refused: { batches: 3, most: 2 } },
    alert: { name: 'OtlpRejected', due: true, seen: true, seconds: 140, late: true },
  };
  expect(brokenPromises(promise, late, plan)).toEqual([
    '3 batches were refused, 2 may be',
    'people were told of OtlpRejected after 140 s',
  ]);
  const early = { ...well, alert: { name: 'CollectorDown', due: false, seen: false } };
  expect(brokenPromises(promise, early, plan)).toEqual([]);
});

test('a batch is refused by an answer that is not sent again', () => {
  const counter = (code: number, count: number, handler = '/api/v1/otlp/v1/metrics') =>
    `prometheus_http_requests_total{code="${code}",handler="${handler}"} ${count}`;
  expect(
    countRefused(
      [
        '# TYPE prometheus_http_requests_total counter',
        ...[counter(200, 90), counter(400, 3), counter(500, 4), counter(503, 50)],
        counter(400, 7, '/api/v1/query'),
      ].join('\n'),
    ),
  ).toBe(7);
  expect(countRefused('')).toBe(0);
});

test('a request that Prometheus did not finish is no batch that died, unless the Collector dropped points', () => {
  const before = { requests: 2, dropped: 100 };
  expect(refusedBetween(before, { requests: 4, dropped: 100 })).toBe(0);
  expect(refusedBetween(before, { requests: 4, dropped: 900 })).toBe(2);
  const failed = (exporter: string, points: number) =>
    `otelcol_exporter_send_failed_metric_points_total{data_type="metrics",exporter="${exporter}",otel_scope_name="x"} ${points}`;
  expect(countDropped([failed('otlp_http/prometheus', 856), failed('debug', 7)].join('\n'))).toBe(
    856,
  );
  expect(countDropped('')).toBe(0);
});
