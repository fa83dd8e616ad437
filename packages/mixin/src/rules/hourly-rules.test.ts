import {
  catalogOf,
  counter,
  defineMeters,
  gauge,
  type MeterCatalog,
  upTo,
} from '@bellwether/meters';
import { commerce, saas } from '@bellwether/meters/presets';
import { expect, test } from 'vitest';
import { resolveSpec } from '../resolve-spec.ts';
import { hourlyRules } from './hourly-rules.ts';

const catalog = catalogOf(
  defineMeters('hourly', {
    orders: commerce.orders,
    revenue: commerce.revenue,
    parcels: counter('hourly.parcels', { unit: '{parcel}', attributes: { carrier: upTo(50) } }),
    depth: gauge('hourly.queue.depth', { unit: '{parcel}' }),
    boxes: gauge('hourly.boxes', { unit: '{box}', attributes: { depot: upTo(9), size: upTo(3) } }),
    oldest: gauge('hourly.oldest', { unit: 's', attributes: { depot: upTo(9) } }),
    mrr: saas.mrr,
    restarts: counter('hourly.restarts', { unit: '{restart}', tenant: false }),
  }),
) as MeterCatalog;
const [group] = hourlyRules(resolveSpec({ catalogs: [catalog] }));
const exprOf = (record: string) => group?.rules.find((rule) => rule.record === record)?.expr;

test('every counter of a tenant has one number an hour, without its open attributes', () => {
  expect(exprOf('job_tenant:hourly_parcels:increase1h')).toBe(
    'sum by (deployment_environment_name, job, service_name, tenant_id) (increase(hourly_parcels_total[1h]))',
  );
});

test('currencies are never added up, and orders stay apart by status', () => {
  expect(exprOf('job_tenant:commerce_revenue:increase1h')).toContain('tenant_id, currency)');
  expect(exprOf('job_tenant:commerce_orders:increase1h')).toContain('tenant_id, status, currency)');
});

test('a gauge keeps its highest value, as every replica reports the same', () => {
  expect(exprOf('job_tenant:hourly_queue_depth:max1h')).toBe(
    'max by (deployment_environment_name, job, service_name, tenant_id) (max_over_time(hourly_queue_depth[1h]))',
  );
});

test('what a gauge counts by parts is added up, so that a tenant has all of it and not its largest part', () => {
  const service = 'deployment_environment_name, job, service_name, tenant_id';
  expect(exprOf('job_tenant:hourly_boxes:max1h')).toBe(
    `sum by (${service}) (max by (${service}, depot, size) (max_over_time(hourly_boxes[1h])))`,
  );
  expect(exprOf('job_tenant:hourly_oldest_seconds:max1h')).toBe(
    `max by (${service}) (max_over_time(hourly_oldest_seconds[1h]))`,
  );
  expect(exprOf('job_tenant:saas_mrr:max1h')).toBe(
    `max by (${service}, currency) (max_over_time(saas_mrr[1h]))`,
  );
});

test('what has no tenant is not kept for years', () => {
  expect(group?.rules.map(({ record }) => record).join()).not.toContain('restarts');
});

test('all names end as the store for years asks for them, and an instrument of two services is recorded once', () => {
  const twice = hourlyRules(resolveSpec({ catalogs: [catalog, catalog] }))[0]?.rules ?? [];
  const records = twice.map(({ record }) => record);
  expect(new Set(records).size).toBe(records.length);
  for (const record of records) expect(record).toMatch(/^(job|job_tenant):.+1h$/);
});
