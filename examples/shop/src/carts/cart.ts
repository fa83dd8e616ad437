import type { Database, Transaction } from '../database/database.ts';

export interface CartLine {
  readonly productId: string;
  readonly quantity: number;
}

export interface OpenCart {
  readonly id: string;
  readonly items: readonly CartLine[];
}

/** The customer's open cart, or undefined. */
export async function findOpenCart(
  client: Database | Transaction,
  customerId: string,
): Promise<OpenCart | undefined> {
  const cart = await client.cart.findUnique({
    where: { openFor: customerId },
    select: {
      id: true,
      items: { select: { productId: true, quantity: true }, orderBy: { productId: 'asc' } },
    },
  });
  return cart ?? undefined;
}

/** Opens a cart unless one is open. Returns its id and whether it was opened now. */
export async function openCart(
  tx: Transaction,
  tenantId: string,
  customerId: string,
): Promise<{ readonly id: string; readonly opened: boolean }> {
  // Two first items at once: one insert wins, the other waits for it and then inserts nothing.
  const { count } = await tx.cart.createMany({
    data: [{ tenantId, customerId, openFor: customerId }],
    skipDuplicates: true,
  });
  const { id } = await tx.cart.findUniqueOrThrow({
    where: { openFor: customerId },
    select: { id: true },
  });
  return { id, opened: count === 1 };
}
