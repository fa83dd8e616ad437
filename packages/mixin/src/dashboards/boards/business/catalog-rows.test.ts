import {
  catalogOf,
  counter,
  defineMeters,
  gauge,
  histogram,
  type MeterCatalog,
  oneOf,
  upDownCounter,
  upTo,
} from '@bellwether/meters';
import { auth, cache, commerce, errors, messaging, saas } from '@bellwether/meters/presets';
import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { expect, test } from 'vitest';
import { metricOf } from '../../../metrics/metric.ts';
import { resolveSpec } from '../../../resolve-spec.ts';
import { buildDashboards } from '../../all-dashboards.ts';
import { uids } from '../../uids.ts';

const catalog = (scope: string, definitions: Parameters<typeof defineMeters>[1]): MeterCatalog => {
  const found = catalogOf(defineMeters(scope, definitions));
  if (found === undefined) throw new Error('Expected meters to have a catalog');
  return found;
};

const boardsOf = (...catalogs: MeterCatalog[]) =>
  new Map(
    buildDashboards(resolveSpec({ catalogs })).map(({ dashboard }) => [
      dashboard.uid,
      (dashboard.panels ?? []).filter((panel): panel is Panel => panel.type !== 'row'),
    ]),
  );
const expressions = (panels: readonly (Panel | RowPanel)[] = []): string[] =>
  panels.flatMap((panel) =>
    'targets' in panel
      ? (panel.targets ?? []).map((target) => (target as unknown as { expr: string }).expr)
      : [],
  );
const panelOf = (panels: readonly Panel[] = [], title: string) =>
  panels.find((panel) => panel.title === title);

test('an instrument that no dashboard knows gets a panel after its kind, unit and first attribute', () => {
  const business = boardsOf(
    catalog('quickstart', {
      orders: counter('quickstart.orders', {
        unit: '{order}',
        description: 'Orders placed',
        attributes: { status: oneOf('paid', 'declined') },
      }),
      sent: counter('quickstart.sent', { unit: 'By' }),
      fees: counter('quickstart.fees', {
        unit: '{minor_unit}',
        attributes: { kind: oneOf('card'), currency: upTo(40) },
      }),
      jobs: upDownCounter('quickstart.jobs', { attributes: { 'job.queue': upTo(5) } }),
      fill: gauge('quickstart.fill', { unit: '1' }),
      cold: gauge('quickstart.cold', { unit: 'Cel' }),
      wait: histogram('quickstart.wait', { unit: 's' }),
    }),
  ).get(uids.business);
  const query = (title: string) => expressions([panelOf(business, title) as Panel]);
  const scope =
    '{deployment_environment_name=~"$environment",job=~"$job",instance=~"$instance",tenant_id=~"$tenant"}';

  expect(query('quickstart.orders an hour')).toEqual([
    `3600 * (sum by (status) (rate(quickstart_orders_total${scope}[$__rate_interval])))`,
  ]);
  expect(query('quickstart.sent')).toEqual([
    `sum(rate(quickstart_sent_bytes_total${scope}[$__rate_interval]))`,
  ]);
  expect(query('quickstart.jobs')).toEqual([`sum by (job_queue) (quickstart_jobs${scope})`]);
  expect(query('quickstart.fill')).toEqual([`max(quickstart_fill_ratio${scope})`]);
  expect(query('quickstart.wait')).toHaveLength(2);
  expect(query('quickstart.fees an hour').join()).toContain('sum by (currency)');
  expect(panelOf(business, 'quickstart.wait')?.fieldConfig?.defaults?.unit).toBe('s');
  expect(panelOf(business, 'quickstart.fill')?.fieldConfig?.defaults?.unit).toBe('percentunit');
  expect(panelOf(business, 'quickstart.cold')?.fieldConfig?.defaults?.unit).toBe('celsius');
  const shows = (title: string) => panelOf(business, title)?.description?.split('\n')[0];
  expect(shows('quickstart.orders an hour')).toContain('an hour, by `status`.');
  expect(shows('quickstart.sent')).toContain('a second.');
  expect(shows('quickstart.fees an hour')).toContain('an hour, by `currency`.');
  expect(shows('quickstart.fill')).toMatch(/highest value of all replicas now\.$/);
});

test('a name that another one begins with is not taken for it', () => {
  const business = boardsOf(
    catalog('shop', { ...commerce, more: counter('commerce.order', { unit: '{order}' }) }),
  ).get(uids.business);
  expect(panelOf(business, 'commerce.order an hour')).toBeDefined();
  expect(panelOf(business, 'commerce.orders an hour')).toBeUndefined();
});

test('every instrument of every preset is shown somewhere', () => {
  const all = catalog('all', { ...commerce, ...saas, ...auth, ...cache, ...errors, ...messaging });
  const asked = [...boardsOf(all).values()].flatMap((panels) => expressions(panels)).join('\n');
  const hidden = all.instruments.filter(
    (instrument) => !new RegExp(`\\b${metricOf(instrument).name}(_bucket)?\\b`).test(asked),
  );
  expect(hidden.map(({ name }) => name)).toEqual([]);
});

test('the e-commerce overview has eight panels, and is left out where nothing is sold', () => {
  const shop = { ...commerce, ...cache, ...errors };
  expect(boardsOf(catalog('shop', shop)).get(uids.ecommerce)).toHaveLength(8);
  expect(boardsOf(catalog('none', { ...auth })).has(uids.ecommerce)).toBe(false);
});
