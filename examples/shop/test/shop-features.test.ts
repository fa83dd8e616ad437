import { pollUntil } from '@bellwether/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreparedTenant } from '../src/database/index.ts';
import { counted as countedBy, exported as exportedBy } from './shop-telemetry.ts';
import { ask, type ShopUnderTest, signIn, startShopUnderTest } from './shop-under-test.ts';

let shop: ShopUnderTest;
let acme: PreparedTenant;
let globex: PreparedTenant;

beforeAll(async () => {
  shop = await startShopUnderTest();
  const of = (id: string) => shop.tenants.find((tenant) => tenant.id === id) as PreparedTenant;
  acme = of('acme');
  globex = of('globex');
});

afterAll(() => shop?.stop());

const exported = () => exportedBy(shop);
const counted = (name: string, attributes?: Record<string, string>) =>
  countedBy(shop, name, attributes);

test('an order is cancelled once; its goods are on the shelves again and its money is back', async () => {
  const buyer = await signIn(shop, globex, 'canceller@example.com');
  const { body } = await ask(shop, '/products', { headers: buyer });
  const [product] = body.products as [{ id: string; category: string }];
  const stock = () =>
    counted('commerce.stock', { 'tenant.id': 'globex', category: product.category });
  const refunds = () => counted('commerce.refunds', { 'tenant.id': 'globex', currency: 'EUR' });
  await exported();
  const before = { stock: stock(), refunds: refunds() };
  const item = { productId: product.id, quantity: 3 };
  await ask(shop, '/cart/items', { method: 'POST', headers: buyer, body: item });
  const checkout = { currency: 'EUR', card: 'card_ok', method: 'invoice' };
  const placed = await ask(shop, '/orders', { method: 'POST', headers: buyer, body: checkout });
  const order = placed.body.order as { id: string; totalMinor: number };
  await pollUntil(() => stock() !== before.stock, { message: 'the goods to be gone' });
  const cancel = () => ask(shop, `/orders/${order.id}/cancel`, { method: 'POST', headers: buyer });
  expect((await cancel()).body).toMatchObject({ order: { status: 'cancelled' } });
  expect(await cancel()).toMatchObject({
    status: 409,
    body: { error: { code: 'not_cancellable' } },
  });
  await pollUntil(() => refunds() === before.refunds + order.totalMinor);
});

test('a cart that is emptied is abandoned, once', async () => {
  const customer = await signIn(shop, acme, 'empties@example.com');
  const { body } = await ask(shop, '/products', { headers: customer });
  const [product] = body.products as [{ id: string }];
  await ask(shop, '/cart/items', {
    method: 'POST',
    headers: customer,
    body: { productId: product.id, quantity: 1 },
  });
  await exported();
  const abandoned = () =>
    counted('commerce.cart.changes', { 'tenant.id': 'acme', action: 'abandoned' });
  const open = () => counted('commerce.carts.open', { 'tenant.id': 'acme' });
  const before = { abandoned: abandoned(), open: open() };
  const empty = () => ask(shop, '/cart', { method: 'DELETE', headers: customer });
  const answers = await Promise.all([empty(), empty()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  await pollUntil(() => open() === before.open - 1 && abandoned() === before.abandoned + 1);
});

test('what nobody asks for happens too: idle carts are abandoned, new tenants are taken in, each once', async () => {
  const customer = await signIn(shop, acme, 'sleeper@example.com');
  const { body } = await ask(shop, '/products', { headers: customer });
  const [product] = body.products as [{ id: string }];
  const item = { productId: product.id, quantity: 1 };
  await ask(shop, '/cart/items', { method: 'POST', headers: customer, body: item });
  await exported();
  const abandoned = () =>
    counted('commerce.cart.changes', { 'tenant.id': 'acme', action: 'abandoned' });
  const before = abandoned();
  expect(counted('saas.tenants.created')).toBe(3);
  const client = new Client({ connectionString: shop.databaseUrl });
  await client.connect();
  await client.query(
    `UPDATE carts SET changed_at = now() - interval '1 day' WHERE status = 'open' AND customer_id =
      (SELECT id FROM customers WHERE email = 'sleeper@example.com')`,
  );
  await client.query(`INSERT INTO tenants (id, name) VALUES ('umbrella', 'Umbrella')`);
  await pollUntil(() => abandoned() === before + 1 && counted('saas.tenants.created') === 4, {
    message: 'the cart to be abandoned and the tenant to be counted',
    timeoutMs: 25_000,
  });
  await client.query(`DELETE FROM tenants WHERE id = 'umbrella'`);
  await client.end();
  const answer = await ask(shop, '/cart', { headers: customer });
  expect(answer.body).toEqual({ items: [] });
});

test('after logging out the token is worth nothing, and the refusal is counted for its tenant', async () => {
  const customer = await signIn(shop, globex, 'leaver@example.com');
  await exported();
  const sessions = () => counted('auth.sessions.active', { 'tenant.id': 'globex' });
  const revoked = () =>
    counted('auth.tokens.rejected', { 'tenant.id': 'globex', reason: 'revoked' });
  const before = { sessions: sessions(), revoked: revoked() };
  const out = await ask(shop, '/logout', { method: 'POST', headers: customer });
  expect(out.status).toBe(204);
  expect(await ask(shop, '/cart', { headers: customer })).toMatchObject({
    status: 401,
    body: { error: { code: 'token_revoked' } },
  });
  await pollUntil(() => sessions() === before.sessions - 1 && revoked() === before.revoked + 1);
});

test('bestsellers come from the cache until the next order drops them', async () => {
  const buyer = await signIn(shop, acme, 'fan@example.com');
  const { body } = await ask(shop, '/products', { headers: buyer });
  const [product] = body.products as [{ id: string; name: string; category: string }];
  const { id, name, category } = product;
  const buy = async (quantity: number) => {
    const item = { productId: id, quantity };
    await ask(shop, '/cart/items', { method: 'POST', headers: buyer, body: item });
    const checkout = { currency: 'EUR', card: 'card_ok' };
    await ask(shop, '/orders', { method: 'POST', headers: buyer, body: checkout });
  };
  const best = async () => (await ask(shop, '/bestsellers', { headers: buyer })).body.products;
  const evictions = () =>
    counted('cache.evictions', {
      'tenant.id': 'acme',
      cache: 'bestsellers',
      reason: 'invalidated',
    });
  await buy(5);
  expect(await best()).toEqual([{ id, name, category, sold: 5 }]);
  await exported();
  const before = evictions();
  await buy(7);
  await pollUntil(() => evictions() === before + 1);
  expect(await best()).toEqual([{ id, name, category, sold: 12 }]);
});

describe('faults', () => {
  const admin = (method: string, body?: object) =>
    ask(shop, '/admin/faults', {
      method,
      headers: { authorization: `Bearer ${shop.adminToken}` },
      ...(body && { body }),
    });

  test('nobody but the administrator', async () => {
    const headers = { 'x-api-key': acme.apiKey };
    expect((await ask(shop, '/admin/faults', { headers })).status).toBe(401);
    expect((await admin('PUT', { errorRatio: 2 })).status).toBe(422);
  });

  test('payments are declined, requests fail, PostgreSQL is slow; then all is well again', async () => {
    const headers = { 'x-api-key': acme.apiKey };
    await admin('PUT', { slowDatabaseSeconds: 0.2, cacheOff: true });
    const began = performance.now();
    expect((await ask(shop, '/products', { headers })).status).toBe(200);
    expect(performance.now() - began).toBeGreaterThan(200);

    await admin('PUT', { errorRatio: 1 });
    expect((await ask(shop, '/products', { headers })).status).toBe(500);

    await admin('PUT', { declinedPaymentsRatio: 1 });
    const customer = await signIn(shop, acme, 'unlucky@example.com');
    const { body } = await ask(shop, '/products', { headers });
    const [product] = body.products as [{ id: string }];
    const item = { productId: product.id, quantity: 1 };
    await ask(shop, '/cart/items', { method: 'POST', headers: customer, body: item });
    const checkout = { currency: 'EUR', card: 'card_ok' };
    const declined = await ask(shop, '/orders', {
      method: 'POST',
      headers: customer,
      body: checkout,
    });
    expect(declined.status).toBe(402);

    await admin('PUT', { failedPaymentsRatio: 1 });
    await ask(shop, '/cart/items', { method: 'POST', headers: customer, body: item });
    const pay = () => ask(shop, '/orders', { method: 'POST', headers: customer, body: checkout });
    expect(await pay()).toMatchObject({ status: 503, body: { error: { code: 'payment_failed' } } });

    await admin('PUT', { errorRatio: 1, onlyTenants: ['globex'] });
    expect((await pay()).status).toBe(201);
    const other = { 'x-api-key': globex.apiKey };
    expect((await ask(shop, '/products', { headers: other })).status).toBe(500);

    const heap = async () => {
      const { memoryBytes } = (await ask(shop, '/healthz/metrics')).body;
      return (memoryBytes as { heapUsed: number }).heapUsed;
    };
    await admin('PUT', { heldHeapMegabytes: 400 });
    expect(await heap()).toBeGreaterThan(400 * 1024 ** 2);

    expect((await admin('DELETE')).body).toMatchObject({ errorRatio: 0, cacheOff: false });
    expect((await ask(shop, '/products', { headers })).status).toBe(200);
  });
});
