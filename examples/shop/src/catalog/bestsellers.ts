import type { Cache } from '../cache/cache.ts';
import { slowDown } from '../faults/inject-faults.ts';
import type { Services } from '../services.ts';

export interface Bestseller {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  /** Items sold in the last 30 days. */
  readonly sold: number;
}

const days = 30;
const key = (tenantId: string) => `shop:bestsellers:${tenantId}`;

/** The five products of a tenant of which most were sold, from the cache until the next order. */
export async function bestsellers(
  { cache, database, faults, settings }: Services,
  tenantId: string,
): Promise<readonly Bestseller[]> {
  const { cacheOff } = faults.current();
  if (!cacheOff) {
    const cached = await cache.get('bestsellers', key(tenantId));
    if (cached !== undefined) return cached as readonly Bestseller[];
  }
  await slowDown(database, faults);
  const rows = await database.orderItem.groupBy({
    by: ['productId'],
    where: {
      order: {
        tenantId,
        status: { in: ['paid', 'refunded'] },
        createdAt: { gt: new Date(Date.now() - days * 86_400_000) },
      },
    },
    _sum: { quantity: true },
    orderBy: [{ _sum: { quantity: 'desc' } }, { productId: 'asc' }],
    take: 5,
  });
  const products = await database.product.findMany({
    where: { tenantId, id: { in: rows.map(({ productId }) => productId) } },
    select: { id: true, name: true, category: true },
  });
  const found = rows.flatMap(({ productId, _sum }) => {
    const product = products.find(({ id }) => id === productId);
    return product === undefined ? [] : [{ ...product, sold: _sum.quantity ?? 0 }];
  });
  if (!cacheOff) await cache.set('bestsellers', key(tenantId), found, settings.cacheSeconds);
  return found;
}

/** After an order the list may be another one. */
export const forgetBestsellers = (cache: Cache, tenantId: string): Promise<void> =>
  cache.invalidate('bestsellers', key(tenantId));
