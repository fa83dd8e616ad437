import {
  catalogOf,
  counter,
  defineMeters,
  histogram,
  type MeterCatalog,
  type MeterDefinitions,
  oneOf,
  optional,
  upTo,
} from '@bellwether/meters';
import * as presets from '@bellwether/meters/presets';
import { expect, test } from 'vitest';
import type { MonitoringSpec } from '../monitoring-spec.ts';
import { resolveSpec } from '../resolve-spec.ts';
import type { SpecError } from './spec-error.ts';

let scopes = 0;
function catalog(definitions: MeterDefinitions, scope = `catalog-${scopes++}`): MeterCatalog {
  return catalogOf(defineMeters(scope, definitions)) as MeterCatalog;
}

/** Codes and messages, or nothing. */
function problems(spec: unknown): readonly string[] {
  try {
    resolveSpec(spec as MonitoringSpec);
    return [];
  } catch (error) {
    return (error as SpecError).problems.map(({ code, message }) => `${code}: ${message}`);
  }
}

const shop = catalog({ orders: counter('shop.orders', { attributes: { status: oneOf('paid') } }) });

test('a spec of a catalog alone has all defaults', () => {
  const { time, ...spec } = resolveSpec({ catalogs: [shop] });
  expect(spec).toEqual({
    catalogs: [shop],
    objectives: [],
    tenantBudget: 200,
    seriesBudget: 1_000_000,
    histograms: 'classic',
    without: [],
    links: { grafana: 'http://localhost:3000', runbooks: 'docs/runbooks' },
  });
  expect(time('5m')).toBe('5m');
});

test('all presets together fit into the budgets', () => {
  const { commerce, saas, auth, cache, messaging, errors } = presets;
  const all = catalog({ ...commerce, ...saas, ...auth, ...cache, ...messaging, ...errors });
  expect(problems({ catalogs: [all] })).toEqual([]);
});

test.each([
  [{ catalogs: undefined }, 'ERR_SPEC_CATALOG: Expected catalogs to be a list of catalogs'],
  [{ catalogs: [undefined] }, 'ERR_SPEC_CATALOG: Expected catalogs[0] to be a catalog'],
  [{ tenantBudget: 0 }, 'ERR_SPEC_NUMBER: Expected tenantBudget to be an integer from 1, got 0'],
  [{ seriesBudget: 1.5 }, 'ERR_SPEC_NUMBER: Expected seriesBudget'],
  [{ timeScale: 0 }, 'ERR_SPEC_NUMBER: Expected timeScale to be a number from 1 to 1000, got 0'],
  [{ timeScale: Number.NaN }, 'ERR_SPEC_NUMBER'],
  [{ histograms: 'exponential' }, "ERR_SPEC_HISTOGRAMS: Expected histograms to be 'classic' or"],
  [{ links: { grafana: 'grafana' } }, 'ERR_SPEC_LINK: Expected links.grafana'],
  [{ links: { runbooks: '' } }, 'ERR_SPEC_LINK: Expected links.runbooks'],
])('%j is refused', (change, expected) => {
  expect(problems({ catalogs: [shop], ...change })[0]).toContain(expected);
});

test('every mistake is told at once, the code is that of the first', () => {
  const wrong = { catalogs: [shop], tenantBudget: -1, histograms: 'x' } as unknown;
  expect(problems(wrong)).toHaveLength(2);
  expect(() => resolveSpec(wrong as MonitoringSpec)).toThrow(
    expect.objectContaining({ code: 'ERR_SPEC_NUMBER' }),
  );
});

test('too many series: the product, its factors, and what to do', () => {
  const attributes = { route: upTo(999), kind: optional(oneOf('a', 'b')) };
  const spec = {
    catalogs: [catalog({ slow: histogram('slow', { attributes, boundaries: [1, 2] }) }, 'wide')],
    tenantBudget: 99,
    seriesBudget: 1_499_999,
  };
  expect(problems(spec)).toEqual([
    'ERR_SPEC_SERIES_BUDGET: Expected the series of slow in wide to be at most 1499999, got 1500000; 1000 route * 3 kind * 100 tenants * 5 buckets: declare fewer or smaller attributes, { tenant: false }, or raise seriesBudget.',
  ]);
  expect(problems({ ...spec, seriesBudget: 1_500_000 })).toEqual([]);
  expect(problems({ ...spec, histograms: 'native' })).toEqual([]);
});

test('two catalogs may share an instrument, but not a name', () => {
  const definition = counter('shared.orders', { unit: '{order}' });
  const one = catalog({ a: definition }, 'one');
  expect(problems({ catalogs: [one, catalog({ b: definition }, 'two')] })).toEqual([]);
  const other = catalog({ c: counter('shared_orders', { unit: '{order}' }) }, 'three');
  expect(problems({ catalogs: [one, other] })).toEqual([
    'ERR_SPEC_NAME_CLASH: Expected shared.orders (Catalog one) and shared_orders (Catalog three) to be different in Prometheus, or equal in kind, unit, attributes, tenant and boundaries, got "shared_orders_total"; rename one of them.',
  ]);
});

test.each([
  [counter('http.server.request.duration', { unit: '{x}' }), 'fine: other suffix'],
  [histogram('http.server.request.duration', { unit: 's' }), 'HTTP'],
  [counter('node.cpu', { unit: 's' }), 'Machine'],
  [counter('process.cpu.time', { unit: 's' }), 'Node.js'],
])('a name that the SDK or a server emits too: %#', (definition, clash) => {
  const found = problems({ catalogs: [catalog({ definition })] });
  expect(found.join()).toContain(clash.startsWith('fine') ? '' : `(${clash}) to be different`);
  expect(found).toHaveLength(clash.startsWith('fine') ? 0 : 1);
});

test.each([
  [{}, 'objectives[0].service to be a service.name, got undefined'],
  [{ service: 'a"b', availability: 0.9 }, 'objectives[0].service to be a service.name'],
  [{ service: 'shop' }, 'the objective of shop to be about something'],
  [{ service: 'shop', availability: 99.9 }, 'availability of shop to be a share above 0'],
  [{ service: 'shop', latency: { within: 0.5, target: 1 } }, 'latency.target of shop'],
  [
    { service: 'shop', latency: { within: 0.3, target: 0.9 } },
    'latency.within of shop to be one of 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10 seconds, got 0.3',
  ],
])('the objective %j is refused', (objective, expected) => {
  expect(problems({ catalogs: [shop], objectives: [objective] })).toEqual([
    expect.stringMatching(/^ERR_SPEC_OBJECTIVE: /),
  ]);
  expect(problems({ catalogs: [shop], objectives: [objective] })[0]).toContain(expected);
});

test('native histograms take any latency', () => {
  const objectives = [{ service: 'shop', latency: { within: 0.3, target: 0.9 } }];
  expect(problems({ catalogs: [shop], objectives, histograms: 'native' })).toEqual([]);
});

test('two objectives of one name', () => {
  const twice = { service: 'shop', availability: 0.99 };
  expect(problems({ catalogs: [shop], objectives: [twice, twice] })[0]).toContain(
    'got "shop-http-availability"',
  );
});
