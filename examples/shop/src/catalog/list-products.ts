import { slowDown } from '../faults/inject-faults.ts';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Services } from '../services.ts';

export interface ProductView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly category: string;
  /** Minor units by currency. */
  readonly prices: Readonly<Record<string, number>>;
}

export interface ProductFilter {
  readonly category?: string | undefined;
  /** A part of the name, whatever its case. */
  readonly search?: string | undefined;
}

export const productColumns = {
  id: true,
  slug: true,
  name: true,
  description: true,
  category: true,
  prices: { select: { currency: true, amountMinor: true } },
} as const satisfies Prisma.ProductSelect;

/** The products of a tenant, from the cache if they are there. At most 100. */
export async function listProducts(
  { cache, database, faults, settings }: Services,
  tenantId: string,
  filter: ProductFilter,
): Promise<readonly ProductView[]> {
  const { cacheOff } = faults.current();
  const key = cacheKey(tenantId, filter);
  if (!cacheOff) {
    const cached = await cache.get('products', key);
    if (cached !== undefined) return cached as readonly ProductView[];
  }
  await slowDown(database, faults);
  const rows = await database.product.findMany({
    where: {
      tenantId,
      ...(filter.category !== undefined && { category: filter.category }),
      ...(filter.search !== undefined && {
        name: { contains: filter.search, mode: 'insensitive' as const },
      }),
    },
    select: productColumns,
    orderBy: { name: 'asc' },
    take: 100,
  });
  const products = rows.map(({ id, slug, name, category, prices }) => ({
    id,
    slug,
    name,
    category,
    prices: pricesByCurrency(prices),
  }));
  if (!cacheOff) await cache.set('products', key, products, settings.cacheSeconds);
  return products;
}

/** The tenant comes first, so that no filter text can reach another tenant's entry. */
function cacheKey(tenantId: string, { category = '', search = '' }: ProductFilter): string {
  return `shop:products:${tenantId}:${JSON.stringify([category, search.toLowerCase()])}`;
}

export function pricesByCurrency(
  prices: ReadonlyArray<{ readonly currency: string; readonly amountMinor: number }>,
): Record<string, number> {
  return Object.fromEntries(prices.map(({ currency, amountMinor }) => [currency, amountMinor]));
}
