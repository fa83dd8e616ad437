import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ShopUnderTest, startShopUnderTest } from './shop-under-test.ts';

let shop: ShopUnderTest;

beforeAll(async () => {
  shop = await startShopUnderTest();
});

afterAll(() => shop?.stop());

interface Sent {
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ path, body, headers }: Sent): Promise<{ status: number; text: string }> {
  const response = await fetch(`${shop.address}${path}`, {
    ...(body !== undefined && { method: 'POST', body }),
    headers: { 'x-api-key': shop.tenants[0]?.apiKey ?? '', ...headers },
  });
  return { status: response.status, text: await response.text() };
}

const registration = (name: string) =>
  JSON.stringify({ email: 'nul@example.com', name, password: 'long enough' });

test.for<readonly [what: string, sent: Sent, status: number, text: string]>([
  ['a path that is no UTF-8', { path: '/products/%ff' }, 400, 'percent-encoded'],
  ['NUL in the search', { path: '/products?search=%00' }, 422, 'search'],
  ['NUL in the category', { path: '/products?category=a%00b' }, 422, 'category'],
  ['NUL in a name', { path: '/register', body: registration('a\u0000b') }, 422, 'name'],
  [
    'a body in an unknown encoding',
    { path: '/login', body: '{}', headers: { 'content-encoding': 'foo' } },
    400,
    'got one that cannot be read',
  ],
  [
    'a token of 10 kB',
    { path: '/cart', headers: { authorization: `Bearer ${'a'.repeat(10_000)}` } },
    401,
    'token_invalid',
  ],
  [
    'a tenant header of 10 kB',
    { path: '/products', headers: { 'x-tenant': 'a'.repeat(10_000) } },
    200,
    'products',
  ],
  ['a body of 1 MB', { path: '/login', body: 'x'.repeat(1_000_000) }, 413, '100 kB'],
])('%s is answered, and not as a fault of the shop', async ([, sent, status, text]) => {
  const answer = await send(sent);
  expect(answer).toEqual({ status, text: expect.stringContaining(text) });
});
