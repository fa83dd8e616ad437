import { catalogOf, counter, defineMeters, histogram, type MeterCatalog } from '@bellwether/meters';
import { expect, test } from 'vitest';
import { generateMonitoring } from '../generate-monitoring.ts';
import { resolveSpec } from '../resolve-spec.ts';
import { allRuleFiles } from './all-rules.ts';

let scopes = 0;
const renamedFrom = (name: string) => ({ renamedFrom: { name, since: '1.4' } });
const catalog = (version?: string): MeterCatalog =>
  catalogOf(
    defineMeters(
      `renamed-${scopes++}`,
      {
        orders: counter('shop.orders.placed', { unit: '{order}', ...renamedFrom('shop.orders') }),
        checkout: histogram('shop.checkout.duration', { unit: 's', ...renamedFrom('checkout') }),
        stays: counter('shop.stays'),
      },
      version === undefined ? {} : { version },
    ),
  ) as MeterCatalog;

const aliases = (spec: Parameters<typeof resolveSpec>[0]) =>
  allRuleFiles([], resolveSpec(spec))
    .filter(({ name }) => name === 'renamed-recording')
    .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
    .map((rule) => ('record' in rule ? `${rule.record} <- ${rule.expr}` : ''));

const ALL = [
  'shop_orders_total <- shop_orders_placed_total',
  'checkout_seconds_bucket <- shop_checkout_duration_seconds_bucket',
  'checkout_seconds_count <- shop_checkout_duration_seconds_count',
  'checkout_seconds_sum <- shop_checkout_duration_seconds_sum',
];

test('every series of a renamed instrument is recorded under its old name', () => {
  expect(aliases({ catalogs: [catalog()] })).toEqual(ALL);
  expect(aliases({ catalogs: [catalog()], histograms: 'native' })).toEqual([
    ALL[0],
    'checkout_seconds <- shop_checkout_duration_seconds',
  ]);
});

test.each([
  ['1.3.9', true],
  ['1.4.0', true],
  ['1.4.7', true],
  ['1.5.0', false],
  ['1.10.0', false],
  ['2.0.0-rc.1', false],
])('in release %s: %s', (release, expected) => {
  const rules = expected ? ALL : [];
  expect(aliases({ catalogs: [catalog()], release })).toEqual(rules);
  expect(aliases({ catalogs: [catalog(release)] })).toEqual(rules);
});

test('the reference says what it was called', () => {
  const page = (release: string) =>
    generateMonitoring({ catalogs: [catalog()], release }).find(({ path }) =>
      path.endsWith('metrics.md'),
    )?.text;
  expect(page('1.4.0')).toContain(
    '`shop_orders_total` until 1.4: recorded under that name too in this release',
  );
  expect(page('1.5.0')).toContain('`shop_orders_total` until 1.4: that name is gone');
});

test('an old name that means something else now is refused', () => {
  const again = catalogOf(
    defineMeters('again', {
      orders: counter('orders.placed', { renamedFrom: { name: 'orders', since: '1.4' } }),
      other: counter('orders'),
    }),
  ) as MeterCatalog;
  expect(() => resolveSpec({ catalogs: [again] })).toThrow(
    /ERR_SPEC_NAME_CLASH: Expected the old name of orders\.placed and orders .* got "orders_total"/,
  );
  expect(() => resolveSpec({ catalogs: [again], release: '1.5.0' })).not.toThrow();
});

test('a release that is none is refused', () => {
  expect(() => resolveSpec({ catalogs: [catalog()], release: 'next' })).toThrow('ERR_SPEC_RELEASE');
});
