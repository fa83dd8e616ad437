import { catalogOf } from '@bellwether/meters';
import { pollUntil, startRedis } from '@bellwether/testkit';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreparedTenant } from '../src/database/index.ts';
import { compareEntries, type LedgerEntry, readLedger } from '../src/ledger/index.ts';
import { meters } from '../src/meters.ts';
import { runTraffic } from '../src/traffic/index.ts';
import { readReceived } from './read-received.ts';
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

/** A counter as the receiver has it now, summed over all other attributes. */
function counted(name: string, attributes: Record<string, string> = {}): number {
  return shop.receiver
    .points(name, attributes)
    .reduce((sum, { value, count }) => sum + (value ?? count ?? 0), 0);
}

/** Waits until everything measured before has arrived: two more exports. */
async function exported(): Promise<void> {
  const exports = () => shop.receiver.requests.filter(({ signal }) => signal === 'metrics').length;
  const enough = exports() + 2;
  await pollUntil(() => exports() >= enough, { message: 'two more exports', timeoutMs: 25_000 });
}

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

test('a cart becomes one order, however often it is sent', async () => {
  const customer = await signIn(shop, acme, 'twice@example.com');
  const { body } = await ask(shop, '/products', { headers: customer });
  const [product] = body.products as [{ id: string }];
  await ask(shop, '/cart/items', {
    method: 'POST',
    headers: customer,
    body: { productId: product.id, quantity: 2 },
  });
  await exported();
  const before = counted('commerce.orders', { 'tenant.id': 'acme' });
  const send = () =>
    ask(shop, '/orders', {
      method: 'POST',
      headers: customer,
      body: { currency: 'EUR', card: 'card_ok' },
    });
  const answers = await Promise.all([send(), send(), send()]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  await exported();
  expect(counted('commerce.orders', { 'tenant.id': 'acme' })).toBe(before + 1);
});

test('an order is refunded once, and by its customer only', async () => {
  const buyer = await signIn(shop, acme, 'buyer@example.com');
  const other = await signIn(shop, acme, 'other@example.com');
  const { body } = await ask(shop, '/products', { headers: buyer });
  const [product] = body.products as [{ id: string; prices: Record<string, number> }];
  const item = { productId: product.id, quantity: 1 };
  await ask(shop, '/cart/items', { method: 'POST', headers: buyer, body: item });
  const checkout = { currency: 'GBP', card: 'card_ok' };
  const placed = await ask(shop, '/orders', { method: 'POST', headers: buyer, body: checkout });
  const order = placed.body.order as { id: string; totalMinor: number };
  expect(order.totalMinor).toBe(product.prices.GBP);
  const refund = (headers: Record<string, string>) =>
    ask(shop, `/orders/${order.id}/refund`, { method: 'POST', headers });
  expect((await refund(other)).status).toBe(404);
  expect((await refund(buyer)).status).toBe(200);
  expect(await refund(buyer)).toMatchObject({
    status: 409,
    body: { error: { code: 'not_refundable' } },
  });
});

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
  const headers = { 'x-api-key': acme.apiKey };
  await ask(shop, '/bestsellers', { headers });
  await exported();
  const evictions = () =>
    counted('cache.evictions', {
      'tenant.id': 'acme',
      cache: 'bestsellers',
      reason: 'invalidated',
    });
  const before = evictions();
  const { body } = await ask(shop, '/bestsellers', { headers });
  const [best] = body.products as [{ id: string; sold: number }];
  const buyer = await signIn(shop, acme, 'fan@example.com');
  const item = { productId: best.id, quantity: 7 };
  await ask(shop, '/cart/items', { method: 'POST', headers: buyer, body: item });
  const checkout = { currency: 'EUR', card: 'card_ok' };
  await ask(shop, '/orders', { method: 'POST', headers: buyer, body: checkout });
  await pollUntil(() => evictions() === before + 1);
  const after = await ask(shop, '/bestsellers', { headers });
  expect(after.body.products).toContainEqual({ ...best, sold: best.sold + 7 });
});

test('the second look at a list is a hit', async () => {
  const headers = { 'x-api-key': acme.apiKey };
  await exported();
  const lookups = (result: string) =>
    counted('cache.lookups', { 'tenant.id': 'acme', cache: 'products', result });
  const [hits, misses] = [lookups('hit'), lookups('miss')];
  const gets = counted('cache.operation.duration', { 'tenant.id': 'acme', operation: 'get' });
  const path = `/products?search=${Date.now()}`;
  await ask(shop, path, { headers });
  await ask(shop, path, { headers });
  await exported();
  expect(lookups('miss')).toBe(misses + 1);
  expect(lookups('hit')).toBe(hits + 1);
  const getsNow = counted('cache.operation.duration', { 'tenant.id': 'acme', operation: 'get' });
  expect(getsNow).toBe(gets + 2);
});

describe('only credentials decide the tenant', () => {
  test('a header or baggage that names another tenant changes nothing', async () => {
    await exported();
    const name = 'http.server.request.duration';
    const before = {
      acme: counted(name, { 'tenant.id': 'acme' }),
      globex: counted(name, { 'tenant.id': 'globex' }),
    };
    const { status } = await ask(shop, '/products', {
      headers: {
        'x-api-key': acme.apiKey,
        'x-tenant': 'globex',
        'x-tenant-id': 'globex',
        baggage: 'tenant.id=globex',
      },
    });
    expect(status).toBe(200);
    await ask(shop, '/products', {
      headers: { 'x-tenant': 'globex', baggage: 'tenant.id=globex' },
    });
    await exported();
    expect(counted(name, { 'tenant.id': 'acme' })).toBe(before.acme + 1);
    expect(counted(name, { 'tenant.id': 'globex' })).toBe(before.globex);
  });

  test('the products of another tenant do not exist', async () => {
    const { body } = await ask(shop, '/products', { headers: { 'x-api-key': globex.apiKey } });
    const [product] = body.products as [{ id: string }];
    const headers = { 'x-api-key': acme.apiKey };
    expect((await ask(shop, `/products/${product.id}`, { headers })).status).toBe(404);
  });
});

describe('what is wrong is said', () => {
  const claims = { tenant: 'acme' };
  const sign = (secret: string, expires: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('01890000-0000-7000-8000-000000000000')
      .setIssuer('bellwether-shop')
      .setAudience('bellwether-shop')
      .setExpirationTime(expires)
      .sign(new TextEncoder().encode(secret));
  const unsigned = () => {
    const part = (data: unknown) => Buffer.from(JSON.stringify(data)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ ...claims, sub: 'x', exp: 9_999_999_999 })}.`;
  };

  test.each<[string, () => string | Promise<string>, string]>([
    ['broken', () => 'not.a.token', 'token_invalid'],
    ['empty', () => '', 'token_invalid'],
    ['unsigned', unsigned, 'token_invalid'],
    [
      'signed by another',
      () => sign('another secret of the same length', 9_999_999_999),
      'token_invalid',
    ],
    ['expired', () => sign(shop.jwtSecret, 1_000_000_000), 'token_expired'],
  ])('a token that is %s', async (_, token, code) => {
    const headers = { authorization: `Bearer ${await token()}` };
    const answer = await ask(shop, '/cart', { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code } } });
  });

  test.each<[string, string, object, number, string]>([
    [
      'broken JSON',
      '/login',
      { method: 'POST', body: '{"email": "a@b.c", "password": "hunter2' },
      400,
      'broken_json',
    ],
    ['no body', '/login', { method: 'POST' }, 422, 'invalid'],
    ['a body of another shape', '/login', { method: 'POST', body: { email: 7 } }, 422, 'invalid'],
    [
      'a body too large',
      '/login',
      { method: 'POST', body: `"${'x'.repeat(200_000)}"` },
      413,
      'too_large',
    ],
    ['an id that is none', '/products/1', {}, 404, 'not_found'],
    ['no such route', '/nothing', {}, 404, 'not_found'],
    ['no token', '/cart', {}, 401, 'login_required'],
  ])('%s', async (_, path, request, status, code) => {
    const answer = await ask(shop, path, { headers: { 'x-api-key': acme.apiKey }, ...request });
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });

  test('broken JSON names the fields, other shapes name the issues, and both are counted', async () => {
    const headers = { 'x-api-key': acme.apiKey };
    await exported();
    const errors = () =>
      counted('errors.reported', { 'tenant.id': 'acme', component: 'http', severity: 'low' });
    const before = errors();
    const broken = await ask(shop, '/login', { method: 'POST', headers, body: '{' });
    expect(JSON.stringify(broken.body)).toContain('email, password');
    const odd = await ask(shop, '/login', { method: 'POST', headers, body: { email: 'x' } });
    expect(odd.body).toMatchObject({
      error: { issues: [{ path: ['email'] }, { path: ['password'] }] },
    });
    await exported();
    expect(errors()).toBe(before + 2);
  });

  test('an e-mail address is used once', async () => {
    const headers = { 'x-api-key': acme.apiKey };
    const body = { email: 'Once@example.com', name: 'Once', password: 'long enough' };
    const first = await ask(shop, '/register', { method: 'POST', headers, body });
    const second = await ask(shop, '/register', { method: 'POST', headers, body });
    expect([first.status, second.status]).toEqual([201, 409]);
  });
});

describe('subscriptions', () => {
  test('the gauge follows subscribe, upgrade and cancel; cancelling is churn', async () => {
    const customer = await signIn(shop, globex, 'subscriber@example.com');
    const mrr = () => counted('saas.mrr', { 'tenant.id': 'globex', currency: 'USD' });
    await exported();
    const before = mrr();
    const send = (method: string, body?: object) =>
      ask(shop, '/subscription', { method, headers: customer, ...(body && { body }) });
    const { body } = await send('POST', { plan: 'basic', currency: 'USD' });
    const { monthlyMinor } = body.subscription as { monthlyMinor: number };
    await pollUntil(() => mrr() === before + monthlyMinor);
    expect((await send('POST', { plan: 'basic', currency: 'USD' })).status).toBe(409);
    const upgraded = await send('PUT', { plan: 'pro' });
    const pro = (upgraded.body.subscription as { monthlyMinor: number }).monthlyMinor;
    await pollUntil(() => mrr() === before + pro);
    const churned = () => counted('saas.churned_mrr', { 'tenant.id': 'globex', currency: 'USD' });
    const lost = churned();
    expect((await send('DELETE')).status).toBe(200);
    await pollUntil(() => mrr() === before && churned() === lost + pro);
    expect((await send('DELETE')).status).toBe(404);
  });
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

test('without Redis the shop sells on, and its health says so', async () => {
  const headers = { 'x-api-key': acme.apiKey };
  expect(await ask(shop, '/healthz')).toMatchObject({ status: 200, body: { status: 'up' } });
  const { port } = shop.redis;
  await shop.redis.stop();
  const ill = await ask(shop, '/healthz');
  expect(ill).toMatchObject({
    status: 503,
    body: {
      status: 'degraded',
      dependencies: [
        { name: 'postgresql', status: 'up' },
        { name: 'redis', status: 'down' },
      ],
    },
  });
  const { status, body } = await ask(shop, '/products', { headers });
  expect(status).toBe(200);
  expect((body.products as unknown[]).length).toBeGreaterThan(5);
  shop.redis = await startRedis({ port });
  await pollUntil(async () => (await ask(shop, '/healthz')).status === 200);
});

test('the summary and the identity are there for everyone, without a tenant', async () => {
  const summary = await ask(shop, '/healthz/metrics');
  expect(summary.body).toMatchObject({
    uptimeSeconds: expect.any(Number),
    requests: { total: expect.any(Number), byStatusClass: { '2xx': expect.any(Number) } },
    memoryBytes: { rss: expect.any(Number) },
    orders: { paid: expect.any(Number) },
  });
  const info = await ask(shop, '/info');
  expect(info.body).toMatchObject({
    name: '@bellwether/example-shop',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    node: process.version,
  });
});

test('on SIGTERM the shop ends with 0, and the last order has left', async () => {
  const customer = await signIn(shop, acme, 'last@example.com');
  const { body } = await ask(shop, '/products', { headers: customer });
  const [product] = body.products as [{ id: string }];
  const item = { productId: product.id, quantity: 1 };
  await ask(shop, '/cart/items', { method: 'POST', headers: customer, body: item });
  const checkout = { currency: 'USD', card: 'card_ok' };
  await ask(shop, '/orders', { method: 'POST', headers: customer, body: checkout });
  shop.program.kill('SIGTERM');
  expect(await shop.program.exited).toEqual({ code: 0, signal: null });
  const notRequests = (entries: LedgerEntry[]) =>
    entries.filter(({ measure }) => measure !== 'requests');
  const rows = compareEntries(
    await readLedger(shop.databaseUrl),
    notRequests(readReceived(shop.receiver)),
  );
  expect(rows.filter(({ equal }) => !equal)).toEqual([]);
});
