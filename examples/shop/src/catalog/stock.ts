import type { CartLine } from '../carts/cart.ts';
import type { Database, Transaction } from '../database/database.ts';
import { meters } from '../meters.ts';

/** The supplier delivers so many at once, as soon as fewer than `reorderBelow` are left: the shop never sells out. */
const delivery = 400;
const reorderBelow = 100;

/** Takes what was sold from the shelves. In the order of ids, so that two orders never wait for each other. */
export async function takeFromStock(tx: Transaction, lines: readonly CartLine[]): Promise<void> {
  for (const { productId, quantity } of inOrder(lines)) {
    const { stock } = await tx.product.update({
      where: { id: productId },
      data: { stock: { decrement: quantity } },
      select: { stock: true },
    });
    if (stock < reorderBelow) await addToStock(tx, productId, delivery);
  }
}

/** Puts back what was not sent after all. */
export async function returnToStock(tx: Transaction, lines: readonly CartLine[]): Promise<void> {
  for (const { productId, quantity } of inOrder(lines)) await addToStock(tx, productId, quantity);
}

/** Sets how many items of each category a tenant has. */
export async function setStock(database: Database, tenantId: string): Promise<void> {
  const categories = await database.product.groupBy({
    by: ['category'],
    where: { tenantId },
    _sum: { stock: true },
  });
  const gauge = meters.stock.forTenant(tenantId);
  for (const { category, _sum } of categories) gauge.set(_sum.stock ?? 0, { category });
}

const inOrder = (lines: readonly CartLine[]) =>
  [...lines].sort((a, b) => (a.productId < b.productId ? -1 : 1));

async function addToStock(tx: Transaction, id: string, quantity: number): Promise<void> {
  // updateMany: a product of an old order may be gone.
  await tx.product.updateMany({ where: { id }, data: { stock: { increment: quantity } } });
}
