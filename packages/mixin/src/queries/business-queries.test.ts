import { catalogOf, defineMeters, type MeterCatalog } from '@bellwether/meters';
import { auth, commerce, saas } from '@bellwether/meters/presets';
import { expect, test } from 'vitest';
import { panelScope, ruleScope } from '../query/query-scope.ts';
import { averageOrderValue, declineRatio, funnel, orders, revenue } from './business-queries.ts';
import { churnRatio, mrr } from './subscription-queries.ts';

const scope = ruleScope('5m', 'classic');
const spec = (presets: Parameters<typeof defineMeters>[1]) => ({
  catalogs: [catalogOf(defineMeters('test', presets))].filter(
    (catalog): catalog is MeterCatalog => catalog !== undefined,
  ),
});
const shop = spec({ ...commerce, ...saas });

test('what no catalog counts has no query', () => {
  const without = spec(auth);
  for (const query of [orders, revenue, averageOrderValue, declineRatio, mrr, churnRatio])
    expect(query(without, scope), query.name).toBeUndefined();
  expect(funnel(without, scope)).toEqual([]);
  expect(funnel(spec({ orders: commerce.orders }), scope).map(({ step }) => step)).toEqual([
    'Orders paid',
  ]);
});

test('amounts are in major units: yen as they are, dinars by thousands, all others by hundreds', () => {
  const parts = revenue(shop, scope)?.split(' or ') ?? [];
  expect(parts).toHaveLength(3);
  expect(parts[0]).toMatch(/currency!~".*JPY.*KWD.*"}.* \/ 100$/);
  expect(parts[1]).toMatch(/currency=~"[^"]*JPY[^"]*"}\[5m\]\)\)$/);
  expect(parts[2]).toMatch(/currency=~"[^"]*KWD[^"]*"}.* \/ 1000$/);
});

test('no amount is ever added up over currencies', () => {
  for (const query of [revenue, mrr])
    for (const part of (query(shop, scope) ?? '').split(' or '))
      expect(part).toMatch(/^sum by \(currency\)/);
});

test('replicas that report the same recurring revenue count once', () => {
  expect(mrr(shop, scope, { by: ['job'] })).toMatch(
    /^sum by \(currency, job\) \(max by \(deployment_environment_name, job, service_name, tenant_id, currency\) \(saas_mrr\{/,
  );
});

test('a panel asks about its variables, and an offset is how long ago', () => {
  expect(orders(shop, panelScope('classic'), { by: ['status'], of: 'rate', offset: '1w' })).toBe(
    'sum by (status) (rate(commerce_orders_total{deployment_environment_name=~"$environment",job=~"$job",instance=~"$instance",tenant_id=~"$tenant"}[$__rate_interval] offset 1w))',
  );
});
