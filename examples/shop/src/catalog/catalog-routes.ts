import { Router } from 'express';
import { z } from 'zod';
import { slowDown } from '../faults/inject-faults.ts';
import { notFound } from '../http/http-problem.ts';
import { readId, readQuery } from '../http/read-request.ts';
import { text } from '../http/text.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { identityOf } from '../tenants/authenticate.ts';
import { bestsellers } from './bestsellers.ts';
import { listProducts, pricesByCurrency, productColumns } from './list-products.ts';

const Filter = z.object({
  category: text(50).optional(),
  search: text(50).optional(),
});

/** GET /products, GET /products/:id and GET /bestsellers. */
export function catalogRoutes(services: Services): Router {
  const { database, faults } = services;
  const router = Router();

  router.get('/products', async (request, response) => {
    const { tenant } = identityOf(response);
    const filter = readQuery(request, Filter);
    if (filter.search !== undefined) meters.featureUses.add(1, { feature: 'search' });
    if (filter.category !== undefined) meters.featureUses.add(1, { feature: 'category_filter' });
    const products = await listProducts(services, tenant.id, filter);
    response.json({ products });
  });

  router.get('/bestsellers', async (_request, response) => {
    const { tenant } = identityOf(response);
    meters.featureUses.add(1, { feature: 'bestsellers' });
    response.json({ products: await bestsellers(services, tenant.id) });
  });

  router.get('/products/:id', async (request, response) => {
    const { tenant } = identityOf(response);
    const id = readId(request, 'the product');
    await slowDown(database, faults);
    const product = await database.product.findFirst({
      where: { id, tenantId: tenant.id },
      select: productColumns,
    });
    if (product === null) throw notFound('the product');
    meters.productViews.add(1, { category: product.category });
    response.json({ ...product, prices: pricesByCurrency(product.prices) });
  });

  return router;
}
