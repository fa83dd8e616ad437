import { pollUntil, startRedis } from '@bellwether/testkit';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreparedTenant } from '../src/database/index.ts';
import { compareEntries, type LedgerEntry, readLedger } from '../src/ledger/index.ts';
import { readReceived } from './read-received.ts';
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
