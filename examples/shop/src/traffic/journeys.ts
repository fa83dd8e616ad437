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

/**
 * What visitors do. Every journey is a few requests; one that fails halfway just ends, as people do. Each tenant's first visitors go
 * on one journey each, the rarest first: so everything that the shop can count is counted for everyone, soon.
 */
export const journeys: readonly Journey[] = [
  { name: 'browse', weight: 40, run: browse },
  { name: 'search', weight: 15, run: search },
  { name: 'checkout', weight: 20, run: checkout },
  { name: 'checkout declined', weight: 4, run: checkoutDeclined },
  { name: 'refund', weight: 3, run: refund },
  { name: 'order cancelled', weight: 2, run: orderCancelled },
  { name: 'cart left', weight: 4, run: cartLeft },
  { name: 'cart emptied', weight: 3, run: cartEmptied },
  { name: 'logout', weight: 3, run: logout },
  { name: 'login failed', weight: 3, run: loginFailed },
  { name: 'subscription', weight: 5, run: subscription },
  { name: 'plan changed', weight: 2, run: planChanged },
  { name: 'subscription cancelled', weight: 1, run: subscriptionCancelled },
  { name: 'mistakes', weight: 3, run: mistakes },
];

async function browse(visitor: Visitor): Promise<void> {
  await visitor.ask({ path: '/bestsellers' });
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
  await visitor.ask({ path: '/orders', credentials: 'token' });
  await visitor.ask({ path: `/orders/${placed}`, credentials: 'token' });
  await visitor.ask({ method: 'POST', path: `/orders/${placed}/refund`, credentials: 'token' });
}

async function orderCancelled(visitor: Visitor): Promise<void> {
  const placed = await order(visitor, 'card_ok');
  if (placed === undefined) return;
  await visitor.ask({ method: 'POST', path: `/orders/${placed}/cancel`, credentials: 'token' });
}

/** Takes one of two things out again, and is never seen any more. */
async function cartLeft(visitor: Visitor): Promise<void> {
  const [, second] = await fillCart(visitor, 2);
  if (second === undefined) return;
  await visitor.ask({ path: '/cart', credentials: 'token' });
  await visitor.ask({ method: 'DELETE', path: `/cart/items/${second}`, credentials: 'token' });
}

async function cartEmptied(visitor: Visitor): Promise<void> {
  if ((await fillCart(visitor, 1)).length === 0) return;
  await visitor.ask({ method: 'DELETE', path: '/cart', credentials: 'token' });
}

/** The tab that was left open asks once more. */
async function logout(visitor: Visitor): Promise<void> {
  if (!(await signIn(visitor))) return;
  await visitor.ask({ path: '/cart', credentials: 'token' });
  await visitor.ask({ method: 'POST', path: '/logout', credentials: 'token' });
  await visitor.ask({ path: '/cart', credentials: 'token' });
}

async function loginFailed(visitor: Visitor): Promise<void> {
  const email = `nobody-${visitor.unique}@example.com`;
  await visitor.ask({ method: 'POST', path: '/login', body: { email, password: 'a guess' } });
}

async function subscription(visitor: Visitor): Promise<void> {
  await subscribed(visitor, ['basic', 'plus', 'pro']);
}

async function planChanged(visitor: Visitor): Promise<void> {
  if (!(await subscribed(visitor, ['plus']))) return;
  const plan = pick(visitor.random, ['pro', 'pro', 'basic']);
  await visitor.ask({ method: 'PUT', path: '/subscription', body: { plan }, credentials: 'token' });
}

async function subscriptionCancelled(visitor: Visitor): Promise<void> {
  if (!(await subscribed(visitor, ['basic']))) return;
  await visitor.ask({ method: 'DELETE', path: '/subscription', credentials: 'token' });
}

async function subscribed(visitor: Visitor, plans: readonly string[]): Promise<boolean> {
  await visitor.ask({ path: '/plans' });
  const plan = pick(visitor.random, plans);
  if (!(await signIn(visitor, plan))) return false;
  const body = { plan, currency: chooseCurrency(visitor) };
  const subscription = { method: 'POST', path: '/subscription', body } as const;
  const { status } = await visitor.ask({ ...subscription, credentials: 'token' });
  return status === 201;
}

/** What a shop on the internet gets as well. The tenant is that of the credentials, whatever a header says. */
async function mistakes(visitor: Visitor): Promise<void> {
  await visitor.ask({ method: 'POST', path: '/login', rawBody: '{"email": ' });
  await visitor.ask({ path: '/cart', credentials: 'broken token' });
  await visitor.ask({ path: '/products/no-such-product' });
  const registration = { email: 'everybody@example.com', name: 'Visitor', password };
  await visitor.ask({ method: 'POST', path: '/register', body: registration });
  await visitor.ask({ path: '/products', headers: { 'x-tenant': 'somebody-else' } });
}

async function order(
  visitor: Visitor,
  card: 'card_ok' | 'card_declined',
): Promise<string | undefined> {
  const inCart = await fillCart(visitor, 1 + Math.floor(visitor.random() * 2));
  if (inCart.length === 0) return undefined;
  const method = pickWeighted(
    visitor.random,
    ['card', 'paypal', 'invoice'],
    (_, index) => 3 - index,
  );
  const { status, body } = await visitor.ask({
    method: 'POST',
    path: '/orders',
    body: { currency: chooseCurrency(visitor), card, method },
    credentials: 'token',
  });
  return status === 201 ? (body?.order as { id: string } | undefined)?.id : undefined;
}

/** Signs in and puts so many different products into the cart. Returns their ids. */
async function fillCart(visitor: Visitor, count: number): Promise<readonly string[]> {
  const products = [...(await listProducts(visitor))];
  if (products.length === 0 || !(await signIn(visitor))) return [];
  const chosen: string[] = [];
  while (chosen.length < count && products.length > 0) {
    const [product] = products.splice(Math.floor(visitor.random() * products.length), 1);
    if (product === undefined) break;
    await view(visitor, product);
    const quantity = 1 + Math.floor(visitor.random() * 3);
    const body = { productId: product.id, quantity };
    await visitor.ask({ method: 'POST', path: '/cart/items', body, credentials: 'token' });
    chosen.push(product.id);
  }
  return chosen;
}

async function listProducts(visitor: Visitor, query = ''): Promise<readonly Product[]> {
  const { body } = await visitor.ask({ path: query === '' ? '/products' : `/products?${query}` });
  return (body?.products as readonly Product[] | undefined) ?? [];
}

async function view(visitor: Visitor, product: Product): Promise<void> {
  await visitor.ask({ path: `/products/${product.id}` });
}

/** Registers and logs in. */
async function signIn(visitor: Visitor, plan = 'free'): Promise<boolean> {
  if (visitor.token !== undefined) return true;
  const email = `visitor-${visitor.unique}@example.com`;
  const registration = { email, name: 'Visitor', password, plan };
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
