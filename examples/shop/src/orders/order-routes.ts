import { Router } from 'express';
import { z } from 'zod';
import { HttpProblem, notFound } from '../http/http-problem.ts';
import { readBody, readId } from '../http/read-request.ts';
import { meters } from '../meters.ts';
import type { Services } from '../services.ts';
import { customerOf } from '../tenants/authenticate.ts';
import { cancelOrder } from './cancel-order.ts';
import { cards, paymentMethods } from './payment-gateway.ts';
import { orderColumns, placeOrder } from './place-order.ts';
import { refundOrder } from './refund-order.ts';

const Checkout = z.strictObject({
  currency: z.string().length(3),
  card: z.enum(cards),
  method: z.enum(paymentMethods).default('card'),
});

/** POST /orders (checkout), GET /orders, GET /orders/:id, POST /orders/:id/refund and /orders/:id/cancel. */
export function orderRoutes(services: Services): Router {
  const { database } = services;
  const router = Router();

  router.post('/orders', async (request, response) => {
    const began = performance.now();
    const { tenant, customerId } = customerOf(response);
    const { currency, card, method } = await readBody(request, response, Checkout);
    if (!tenant.currencies.includes(currency)) {
      const known = tenant.currencies.join(', ');
      throw new HttpProblem(422, 'currency_unknown', `Expected currency to be one of ${known}`);
    }
    const order = await placeOrder(
      services,
      { tenantId: tenant.id, customerId },
      { currency, card, method },
    );
    if (currency !== tenant.currencies[0]) {
      meters.featureUses.add(1, { feature: 'foreign_currency' });
    }
    meters.checkoutDuration.record((performance.now() - began) / 1_000);
    if (order.status === 'declined') {
      response.status(402).json({
        error: {
          code: 'payment_declined',
          message: 'Expected the card to be accepted; try another',
        },
        order,
      });
      return;
    }
    response.status(201).json({ order });
  });

  router.get('/orders', async (_request, response) => {
    const { tenant, customerId } = customerOf(response);
    const orders = await database.order.findMany({
      where: { tenantId: tenant.id, customerId },
      select: orderColumns,
      orderBy: { createdAt: 'desc' },
      take: 50,
    });
    meters.featureUses.add(1, { feature: 'order_history' });
    response.json({ orders });
  });

  router.get('/orders/:id', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const order = await database.order.findFirst({
      where: { id: readId(request, 'the order'), tenantId: tenant.id, customerId },
      select: orderColumns,
    });
    if (order === null) throw notFound('the order');
    response.json({ order });
  });

  router.post('/orders/:id/refund', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const id = readId(request, 'the order');
    response.json({ order: await refundOrder(services, { tenantId: tenant.id, customerId }, id) });
  });

  router.post('/orders/:id/cancel', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const id = readId(request, 'the order');
    response.json({ order: await cancelOrder(services, { tenantId: tenant.id, customerId }, id) });
  });

  return router;
}
