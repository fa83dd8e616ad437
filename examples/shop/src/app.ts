import express, { type Express } from 'express';
import { accountRoutes } from './accounts/account-routes.ts';
import { adminArea } from './admin/admin-area.ts';
import { mountGrafana } from './admin/grafana/mount-grafana.ts';
import { cartRoutes } from './carts/cart-routes.ts';
import { catalogRoutes } from './catalog/catalog-routes.ts';
import { faultRoutes } from './faults/fault-routes.ts';
import { injectFaults } from './faults/inject-faults.ts';
import { healthRoutes } from './health/health-routes.ts';
import { answerErrors, answerNotFound } from './http/answer-errors.ts';
import { countApiUses } from './http/count-api-uses.ts';
import { createRequestTally } from './http/request-tally.ts';
import { countError } from './meters.ts';
import { orderRoutes } from './orders/order-routes.ts';
import type { Services } from './services.ts';
import { subscriptionRoutes } from './subscriptions/subscription-routes.ts';
import { authenticate } from './tenants/authenticate.ts';

/** The shop over its services. All below `authenticate` belongs to a tenant. */
export function createApp(services: Services): Express {
  const app = express();
  const requests = createRequestTally();
  app.disable('x-powered-by');
  app.set('trust proxy', services.settings.trustedProxies ?? false);
  app.use(requests.count);
  app.use(healthRoutes(services, requests));
  app.use('/admin', faultRoutes(services));
  app.use('/admin', adminArea(services));
  app.use(mountGrafana(services));
  app.use(authenticate(services));
  app.use(countApiUses);
  app.use(injectFaults(services.faults));
  app.use(catalogRoutes(services));
  app.use(cartRoutes(services));
  app.use(orderRoutes(services));
  app.use(accountRoutes(services));
  app.use(subscriptionRoutes(services));
  app.use(answerNotFound);
  app.use(answerErrors(services.log, countError));
  return app;
}
