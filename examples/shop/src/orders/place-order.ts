import type { CartLine } from '../carts/cart.ts';
import { forgetBestsellers } from '../catalog/bestsellers.ts';
import { takeFromStock } from '../catalog/stock.ts';
import { commit } from '../database/commit.ts';
import type { Transaction } from '../database/database.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { conflict, HttpProblem } from '../http/http-problem.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { charge, type Payment } from './payment-gateway.ts';

export interface Buyer {
  readonly tenantId: string;
  readonly customerId: string;
}

/**
 * Turns the open cart into one order, paid or declined. The cart is closed in the same transaction by an update that only one of
 * two simultaneous requests can win, so a cart never becomes two orders.
 */
export function placeOrder(
  {
    database,
    faults,
    states,
    cache,
    settings,
    orderQueue,
  }: Pick<Services, 'database' | 'faults' | 'states' | 'cache' | 'settings' | 'orderQueue'>,
  { tenantId, customerId }: Buyer,
  { currency, card, method }: Payment,
) {
  return commit(database, async (tx, onCommit) => {
    await slowDown(tx, faults);
    const cart = await closeCart(tx, customerId);
    const lines = await priceLines(tx, tenantId, cart.items, currency);
    const totalMinor = lines.reduce((sum, line) => sum + line.priceMinor * line.quantity, 0);
    if (totalMinor > maxTotalMinor) {
      throw new HttpProblem(422, 'invalid', `Expected a total of at most ${maxTotalMinor}`);
    }
    const payment = { card, method, currency, amountMinor: totalMinor, idempotencyKey: cart.id };
    const status = await charge(payment, faults, settings);
    if (status === 'paid') await takeFromStock(tx, lines);
    const order = await tx.order.create({
      data: {
        tenantId,
        customerId,
        cartId: cart.id,
        status,
        currency,
        totalMinor,
        paymentMethod: method,
        items: { create: lines },
      },
      select: orderColumns,
    });
    onCommit(() => {
      meters.orders.add(1, { status, currency });
      if (status === 'paid') meters.revenue.add(totalMinor, { currency });
      const outcome = status === 'paid' ? 'succeeded' : 'declined';
      meters.payments.add(1, { outcome, method, currency });
      meters.orderItems.record(lines.reduce((sum, { quantity }) => sum + quantity, 0));
      meters.cartChanges.add(1, { action: 'ordered' });
      states.carts.changed(tenantId);
      if (status === 'declined') return;
      states.stock.changed(tenantId);
      void forgetBestsellers(cache, tenantId);
      orderQueue.put({ orderId: order.id, tenantId, customerId, currency, totalMinor });
    });
    return order;
  });
}

/** What an integer column holds. */
const maxTotalMinor = 2_147_483_647;

export const orderColumns = {
  id: true,
  status: true,
  currency: true,
  totalMinor: true,
  paymentMethod: true,
  createdAt: true,
  refundedAt: true,
  cancelledAt: true,
  items: { select: { productId: true, name: true, quantity: true, priceMinor: true } },
} as const;

async function closeCart(tx: Transaction, customerId: string) {
  const [cart] = await tx.cart.updateManyAndReturn({
    where: { openFor: customerId, items: { some: {} } },
    data: { openFor: null, status: 'ordered', orderedAt: new Date() },
    select: { id: true },
  });
  if (cart === undefined) throw conflict('cart_empty', 'Expected a cart with items, got none');
  const items = await tx.cartItem.findMany({ where: { cartId: cart.id } });
  return { id: cart.id, items };
}

async function priceLines(
  tx: Transaction,
  tenantId: string,
  items: readonly CartLine[],
  currency: string,
) {
  const products = await tx.product.findMany({
    where: { tenantId, id: { in: items.map(({ productId }) => productId) } },
    select: { id: true, name: true, prices: { where: { currency } } },
  });
  const byId = new Map(products.map((product) => [product.id, product]));
  return items.map(({ productId, quantity }) => {
    const product = byId.get(productId);
    const price = product?.prices[0];
    if (product === undefined || price === undefined) {
      throw conflict('price_missing', `Expected every item to have a price in ${currency}`);
    }
    return { productId, name: product.name, quantity, priceMinor: price.amountMinor };
  });
}
