import { commit, type OnCommit } from '../database/commit.ts';
import type { Transaction } from '../database/database.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';

/** Closes open carts without an order. Of two that try at once one finds the cart, so each counts once. */
export async function abandonCarts(
  tx: Transaction,
  onCommit: OnCommit,
  { states }: Pick<Services, 'states'>,
  which: Prisma.CartWhereInput,
): Promise<number> {
  const carts = await tx.cart.updateManyAndReturn({
    where: { AND: [{ status: 'open' }, which] },
    data: { status: 'abandoned', openFor: null, abandonedAt: new Date() },
    select: { tenantId: true },
  });
  onCommit(() => {
    for (const { tenantId } of carts) {
      meters.cartChanges.forTenant(tenantId).add(1, { action: 'abandoned' });
    }
    for (const tenantId of new Set(carts.map((cart) => cart.tenantId))) {
      states.carts.changed(tenantId);
    }
  });
  return carts.length;
}

/** Carts that their shoppers have left alone for too long. */
export async function abandonIdleCarts({
  database,
  states,
  settings,
}: Pick<Services, 'database' | 'states' | 'settings'>): Promise<void> {
  const idleSince = new Date(Date.now() - settings.cartIdleSeconds * 1_000);
  const idle = { changedAt: { lt: idleSince } };
  if ((await database.cart.count({ where: { status: 'open', ...idle } })) === 0) return;
  await commit(database, (tx, onCommit) => abandonCarts(tx, onCommit, { states }, idle));
}
