import { pick, pickWeighted } from './seeded-random.ts';
import type { Visitor } from './visitor.ts';

export interface Journey {
  readonly name: string;
  /** How often, relative to the others. */
  readonly weight: number;
  readonly run: (visitor: Visitor) => Promise<void>;
}

interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
}

const password = 'correct horse battery';

/** What visitors do. Every journey is a few requests; one that fails halfway just ends, as people do. */
export const journeys: readonly Journey[] = [
  { name: 'browse', weight: 40, run: browse },
  { name: 'search', weight: 15, run: search },
  { name: 'checkout', weight: 20, run: checkout },
  { name: 'checkout declined', weight: 5, run: checkoutDeclined },
  { name: 'refund', weight: 5, run: refund },
  { name: 'login failed', weight: 3, run: loginFailed },
  { name: 'subscription', weight: 8, run: subscription },
  { name: 'mistakes', weight: 4, run: mistakes },
];

async function browse(visitor: Visitor): Promise<void> {
  const products = await listProducts(visitor);
  for (let looked = 0; looked < 3 && products.length > 0; looked++) {
    await view(visitor, pick(visitor.random, products));
  }
  const category = products[0]?.category;
  if (category !== undefined)
    await listProducts(visitor, `category=${encodeURIComponent(category)}`);
}

async function search(visitor: Visitor): Promise<void> {
  const wanted = pick(visitor.random, ['a', 'pen', 'boot', 'speaker', 'tent', 'no such thing']);
  const found = await listProducts(visitor, `search=${encodeURIComponent(wanted)}`);
  if (found[0] !== undefined) await view(visitor, found[0]);
}

async function checkout(visitor: Visitor): Promise<void> {
  await order(visitor, 'card_ok');
}

async function checkoutDeclined(visitor: Visitor): Promise<void> {
  await order(visitor, 'card_declined');
}

async function refund(visitor: Visitor): Promise<void> {
  const placed = await order(visitor, 'card_ok');
  if (placed === undefined) return;
  await visitor.ask({ path: `/orders/${placed}`, credentials: 'token' });
  await visitor.ask({ method: 'POST', path: `/orders/${placed}/refund`, credentials: 'token' });
}

async function loginFailed(visitor: Visitor): Promise<void> {
  const email = `nobody-${visitor.unique}@example.com`;
  await visitor.ask({ method: 'POST', path: '/login', body: { email, password: 'a guess' } });
}

async function subscription(visitor: Visitor): Promise<void> {
  await visitor.ask({ path: '/plans' });
  if (!(await signIn(visitor))) return;
  const currency = chooseCurrency(visitor);
  const plan = pick(visitor.random, ['basic', 'plus']);
  const send = (method: 'POST' | 'PUT' | 'DELETE', body?: unknown) =>
    visitor.ask({ method, path: '/subscription', body, credentials: 'token' });
  const { status } = await send('POST', { plan, currency });
  if (status !== 201) return;
  if (visitor.random() < 0.5) await send('PUT', { plan: 'pro' });
  if (visitor.random() < 0.3) await send('DELETE');
}

/** What a shop on the internet gets as well. The tenant is that of the credentials, whatever a header says. */
async function mistakes(visitor: Visitor): Promise<void> {
  await visitor.ask({ method: 'POST', path: '/login', rawBody: '{"email": ' });
  await visitor.ask({ path: '/cart', credentials: 'broken token' });
  await visitor.ask({ path: '/products/no-such-product' });
  await visitor.ask({ path: '/products', headers: { 'x-tenant': 'somebody-else' } });
}

async function order(
  visitor: Visitor,
  card: 'card_ok' | 'card_declined',
): Promise<string | undefined> {
  const products = await listProducts(visitor);
  if (products.length === 0 || !(await signIn(visitor))) return undefined;
  const count = 1 + Math.floor(visitor.random() * 2);
  for (let item = 0; item < count; item++) {
    const product = pick(visitor.random, products);
    await view(visitor, product);
    const quantity = 1 + Math.floor(visitor.random() * 3);
    const body = { productId: product.id, quantity };
    await visitor.ask({ method: 'POST', path: '/cart/items', body, credentials: 'token' });
  }
  const { status, body } = await visitor.ask({
    method: 'POST',
    path: '/orders',
    body: { currency: chooseCurrency(visitor), card },
    credentials: 'token',
  });
  return status === 201 ? (body?.order as { id: string } | undefined)?.id : undefined;
}

async function listProducts(visitor: Visitor, query = ''): Promise<readonly Product[]> {
  const { body } = await visitor.ask({ path: query === '' ? '/products' : `/products?${query}` });
  return (body?.products as readonly Product[] | undefined) ?? [];
}

async function view(visitor: Visitor, product: Product): Promise<void> {
  await visitor.ask({ path: `/products/${product.id}` });
}

/** Registers and logs in. */
async function signIn(visitor: Visitor): Promise<boolean> {
  if (visitor.token !== undefined) return true;
  const email = `visitor-${visitor.unique}@example.com`;
  const registration = { email, name: 'Visitor', password };
  await visitor.ask({ method: 'POST', path: '/register', body: registration });
  const { body } = await visitor.ask({ method: 'POST', path: '/login', body: { email, password } });
  const token = body?.token;
  if (typeof token === 'string') visitor.token = token;
  return visitor.token !== undefined;
}

/** The first currency of a tenant is its home: two of three orders. */
function chooseCurrency({ random, tenant }: Visitor): string {
  return pickWeighted(random, tenant.currencies, (_, index) => (index === 0 ? 4 : 1));
}
