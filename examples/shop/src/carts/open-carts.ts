import type { Database } from '../database/database.ts';
import { meters } from '../meters.ts';

/** Sets how many carts of a tenant are open. */
export async function setOpenCarts(database: Database, tenantId: string): Promise<void> {
  const open = await database.cart.count({ where: { tenantId, status: 'open' } });
  meters.cartsOpen.forTenant(tenantId).set(open);
}
