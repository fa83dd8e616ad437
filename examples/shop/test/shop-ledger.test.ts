import { catalogOf } from '@bellwether/meters';
import { pollUntil } from '@bellwether/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareEntries, type LedgerEntry, readLedger } from '../src/ledger/index.ts';
import { meters } from '../src/meters.ts';
import { runTraffic } from '../src/traffic/index.ts';
import { readReceived } from './read-received.ts';
import { counted as countedBy } from './shop-telemetry.ts';
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts';

let shop: ShopUnderTest;

beforeAll(async () => {
  shop = await startShopUnderTest();
});

afterAll(() => shop?.stop());

const counted = (name: string, attributes?: Record<string, string>) =>
  countedBy(shop, name, attributes);

/** Whether visitors have done enough to make the comparison worth something. */
function isVaried(ledger: readonly LedgerEntry[]): boolean {
  const orders = ledger.filter(({ measure }) => measure === 'orders');
  return (
    new Set(orders.map(({ tenant }) => tenant)).size === 3 &&
    new Set(orders.map(({ labels }) => labels.status)).size === 4 &&
    new Set(orders.map(({ labels }) => labels.currency)).size > 2 &&
    ledger.some(({ measure }) => measure === 'MRR')
  );
}

/** The instruments that have no point, each with the tenant for which there is none. */
function silentInstruments(): readonly string[] {
  const instruments = catalogOf(meters)?.instruments ?? [];
  return instruments.flatMap(({ name, tenant }) =>
    (tenant ? shop.tenants.map(({ id }) => id) : [undefined])
      .filter((id) => shop.receiver.points(name, id ? { 'tenant.id': id } : {}).length === 0)
      .map((id) => `${name} ${id ?? ''}`),
  );
}

test('after ten seconds of visitors the metrics are the ledger, per tenant, status and currency', async () => {
  const enough = new AbortController();
  const began = performance.now();
  const traffic = runTraffic({
    target: shop.address,
    tenants: shop.tenants,
    ratePerSecond: 60,
    // On a busy machine ten seconds may be too short for every kind of visitor.
    durationSeconds: 150,
    signal: enough.signal,
  });
  await pollUntil(
    async () =>
      performance.now() - began > 10_000 &&
      silentInstruments().length === 0 &&
      isVaried(await readLedger(shop.databaseUrl)),
    { message: 'every kind of visitor', timeoutMs: 145_000, everyMs: 500 },
  ).catch(() => undefined);
  enough.abort();
  const summary = await traffic;
  expect(summary.unanswered).toBe(0);
  const requestsOf = Object.fromEntries(
    Object.entries(summary.tenants).map(([tenant, { requests: sent }]) => [tenant, sent]),
  );
  const requests: LedgerEntry[] = Object.entries(requestsOf).map(([tenant, value]) => ({
    measure: 'requests',
    tenant,
    labels: {},
    value,
  }));
  const ledger = [...requests, ...(await readLedger(shop.databaseUrl))];
  expect(isVaried(ledger)).toBe(true);
  await pollUntil(() => compareEntries(ledger, readReceived(shop.receiver)).every((r) => r.equal), {
    message: 'the metrics to reach the ledger',
  }).catch(() => undefined);

  const rows = compareEntries(ledger, readReceived(shop.receiver));
  expect(rows.filter(({ equal }) => !equal)).toEqual([]);
  expect(rows.filter(({ measure }) => measure === 'requests')).toHaveLength(3);
}, 220_000);

test('every instrument of the catalog has points, for every tenant', () => {
  expect(catalogOf(meters)?.instruments.length).toBeGreaterThan(25);
  expect(silentInstruments()).toEqual([]);
});

test('calls of the API and requests by country add up to the requests of each tenant', () => {
  for (const { id } of shop.tenants) {
    const ofTenant = { 'tenant.id': id };
    const requests = counted('http.server.request.duration', ofTenant);
    expect(counted('saas.api.uses', ofTenant)).toBe(requests - rejectedTokens(id));
    expect(counted('http.server.request.countries', ofTenant)).toBe(requests);
  }
  const countries = shop.receiver
    .points('http.server.request.countries')
    .map(({ attributes }) => attributes['geo.country.iso_code']);
  expect(new Set(countries)).toContain('DE');
  expect(new Set(countries)).toContain('__other__');
});

/** Answered before the API: the tenant is known by the signature, the session is over. */
const rejectedTokens = (id: string) =>
  counted('auth.tokens.rejected', { 'tenant.id': id, reason: 'revoked' });
