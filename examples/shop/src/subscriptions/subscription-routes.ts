import { Router } from 'express';
import { z } from 'zod';
import { pricesByCurrency } from '../catalog/list-products.ts';
import { readBody } from '../http/read-request.ts';
import { text } from '../http/text.ts';
import type { Services } from '../services.ts';
import { customerOf, identityOf } from '../tenants/authenticate.ts';
import { cancelSubscription, changePlan, subscribe } from './change-subscription.ts';

const Subscribe = z.strictObject({
  plan: text(50),
  currency: z.string().length(3),
});
const Change = z.strictObject({ plan: text(50) });

/** GET /plans, POST /subscription, PUT /subscription (another plan), DELETE /subscription. */
export function subscriptionRoutes(services: Services): Router {
  const { database } = services;
  const router = Router();

  router.get('/plans', async (_request, response) => {
    const { tenant } = identityOf(response);
    const plans = await database.plan.findMany({
      where: { tenantId: tenant.id },
      include: { prices: true },
      orderBy: { rank: 'asc' },
    });
    response.json({
      plans: plans.map(({ code, name, prices }) => ({
        code,
        name,
        monthlyPrices: pricesByCurrency(
          prices.map(({ currency, monthlyMinor }) => ({ currency, amountMinor: monthlyMinor })),
        ),
      })),
    });
  });

  router.post('/subscription', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const wanted = await readBody(request, response, Subscribe);
    const subscriber = { tenantId: tenant.id, customerId };
    response.status(201).json({ subscription: await subscribe(services, subscriber, wanted) });
  });

  router.put('/subscription', async (request, response) => {
    const { tenant, customerId } = customerOf(response);
    const { plan } = await readBody(request, response, Change);
    const subscriber = { tenantId: tenant.id, customerId };
    response.json({ subscription: await changePlan(services, subscriber, plan) });
  });

  router.delete('/subscription', async (_request, response) => {
    const { tenant, customerId } = customerOf(response);
    const subscriber = { tenantId: tenant.id, customerId };
    response.json({ subscription: await cancelSubscription(services, subscriber) });
  });

  return router;
}
