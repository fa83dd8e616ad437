import { Router } from 'express';
import { z } from 'zod';
import { commit } from '../database/commit.ts';
import { slowDown } from '../faults/inject-faults.ts';
import { notFound } from '../http/http-problem.ts';
import { readBody, readId } from '../http/read-request.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { customerOf } from '../tenants/authenticate.ts';
import { abandonCarts } from './abandon-carts.ts';
import { findOpenCart, openCart } from './cart.ts';

const Item = z.strictObject({
  productId: z.uuid(),
  quantity: z.number().int().min(1).max(100),
});

/** GET /cart, POST /cart/items, DELETE /cart/items/:id, DELETE /cart. */
export function cartRoutes({ database, faults, states }: Services): Router {
  const router = Router();

  router.get('/cart', async (_request, response) => {
    const { customerId } = customerOf(response);
    const cart = await findOpenCart(database, customerId);
    response.json({ items: cart?.items ?? [] });
  });

  router.post('/cart/items', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const { productId, quantity } = await readBody(request, response, Item);
    const items = await commit(database, async (tx, onCommit) => {
      await slowDown(tx, faults);
      const product = await tx.product.findFirst({ where: { id: productId, tenantId: tenant.id } });
      if (product === null) throw notFound('the product');
      const cart = await openCart(tx, tenant.id, customerId);
      await tx.cartItem.upsert({
        where: { cartId_productId: { cartId: cart.id, productId } },
        create: { cartId: cart.id, productId, quantity },
        update: { quantity },
      });
      await tx.cart.update({ where: { id: cart.id }, data: { changedAt: new Date() } });
      onCommit(() => {
        if (cart.opened) meters.cartChanges.add(1, { action: 'created' });
        meters.cartChanges.add(1, { action: 'item_added' });
        if (cart.opened) states.carts.changed(tenant.id);
      });
      return (await findOpenCart(tx, customerId))?.items ?? [];
    });
    response.status(201).json({ items });
  });

  router.delete('/cart/items/:id', async (request, response) => {
    const { customerId } = customerOf(response);
    const productId = readId(request, 'the item');
    const { count } = await database.cartItem.deleteMany({
      where: { productId, cart: { openFor: customerId } },
    });
    if (count === 0) throw notFound('the item');
    meters.cartChanges.add(1, { action: 'item_removed' });
    response.status(204).end();
  });

  router.delete('/cart', async (_request, response) => {
    const { customerId } = customerOf(response);
    const count = await commit(database, (tx, onCommit) =>
      abandonCarts(tx, onCommit, { states }, { openFor: customerId }),
    );
    if (count === 0) throw notFound('an open cart');
    response.status(204).end();
  });

  return router;
}
