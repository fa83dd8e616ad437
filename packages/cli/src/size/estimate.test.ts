import {
  catalogOf,
  counter,
  defineMeters,
  histogram,
  type MeterCatalog,
  oneOf,
  upTo,
} from '@bellwether/meters';
import { expect, test, vi } from 'vitest';
import { assumptions } from './assumptions.ts';
import { estimate } from './estimate.ts';
import type { Fleet } from './fleet.ts';
import { renderEstimate } from './render-estimate.ts';

// Each estimate generates the rules.
vi.setConfig({ testTimeout: 60_000 });

const catalog = catalogOf(
  defineMeters('sizes', {
    parcels: counter('sizes.parcels', {
      unit: '{parcel}',
      attributes: { state: oneOf('sent', 'lost'), carrier: upTo(50) },
    }),
    weight: histogram('sizes.weight', { unit: 'kg', boundaries: [1, 5, 20], tenant: false }),
  }),
) as MeterCatalog;

const fleet: Fleet = {
  services: 2,
  replicas: 3,
  tenants: 10,
  routes: 20,
  tenantBudget: 200,
  exportSeconds: 60,
  scrapeSeconds: 15,
  retentionSeconds: 30 * 86_400,
  spec: { catalogs: [catalog] },
};
const sizeOf = (more: Partial<Fleet> = {}, given = {}) =>
  estimate({ ...fleet, ...more }, assumptions(given));
const source = (name: string, more: Partial<Fleet> = {}, given = {}) =>
  sizeOf(more, given).sources.find((one) => one.source === name);

test('an instrument is the product of tenants, values and processes; closed lists count whole, open ones as assumed', () => {
  expect(source('sizes.parcels')).toMatchObject({
    series: 10 * 2 * 3 * 6,
    how: '10 tenants x 2 state x 3 carrier x 6 processes',
    metrics: ['sizes_parcels_total'],
  });
  expect(source('sizes.parcels', {}, { openValues: 80 })?.series).toBe(10 * 2 * 50 * 6);
});

test('a histogram has its bounds and three more, unless it is native; without tenant it has none', () => {
  expect(source('sizes.weight')?.series).toBe(6 * 6);
  expect(
    source('sizes.weight', { spec: { catalogs: [catalog], histograms: 'native' } })?.series,
  ).toBe(6);
});

test('tenants beyond the budget are one more', () => {
  expect(source('sizes.parcels', { tenants: 1_000 })?.series).toBe(201 * 2 * 3 * 6);
});

test('recorded series follow the level in their name', () => {
  expect(source('rules job-http')?.series).toBe(6 * 2);
  expect(source('rules job_route-http')?.series).toBe(6 * 2 * 20);
  expect(source('rules job_tenant-http')?.series).toBe(6 * 2 * 10);
});

test('the sums follow from the sources', () => {
  const found = sizeOf();
  const rate = found.sources.reduce(
    (sum, { series, everySeconds }) => sum + series / everySeconds,
    0,
  );
  expect(found.samplesPerSecond).toBeCloseTo(rate);
  expect(found.diskBytes).toBeGreaterThan(rate * fleet.retentionSeconds);
  expect(sizeOf({ retentionSeconds: 60 * 86_400 }).diskBytes).toBeCloseTo(2 * found.diskBytes, -6);
  expect(sizeOf({}, { deploysPerDay: 20 }).headSeries).toBeGreaterThan(found.headSeries);
});

test('every assumption is printed, and whether it is ours', () => {
  const text = renderEstimate(sizeOf({}, { answers: 4 }), fleet);
  for (const { name } of sizeOf().assumptions) expect(text).toContain(`  ${name} `);
  expect(text).toMatch(/answers\s+4\s+given/);
});

test('what the services do not have costs nothing', () => {
  const without = { catalogs: [], without: ['database', 'redis', 'http-client'] as const };
  const names = sizeOf({ spec: without })
    .sources.map((one) => one.source)
    .join();
  expect(names).not.toMatch(/db\.client|prisma|http\.client/);
});
