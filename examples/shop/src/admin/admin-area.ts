import { join } from 'node:path';
import express, { Router } from 'express';
import { answerErrors, answerNotFound } from '../http/answer-errors.ts';
import { countError } from '../meters.ts';
import { packageRoot } from '../package-root.ts';
import type { Services } from '../services.ts';
import { dashboardsPage } from './grafana/dashboards-page.ts';
import { homePage } from './home-page.ts';
import { adminOf, requireAdmin, requireRole } from './identify-admin.ts';
import { loginRoutes } from './login/login-routes.ts';
import { mountMonitoring } from './monitoring/mount-monitoring.ts';
import { ordersPage } from './orders-page.ts';
import { adminHeaders, sendPage } from './pages/send-page.ts';
import { tellAsPage } from './problem-page.ts';

/**
 * What people of ours and of a tenant see at /admin. Nothing in it belongs to a tenant's own traffic, so nothing that is measured
 * here carries a tenant.
 */
export function adminArea(services: Services): Router {
  const router = Router();
  router.use(adminHeaders);
  router.use('/assets', express.static(join(packageRoot(), 'public'), { index: false }));
  router.use(loginRoutes(services));
  router.use(mountMonitoring(services));
  router.use(requireAdmin(services));
  router.get('/', (_request, response) => {
    sendPage(response, homePage(adminOf(response), services.settings));
  });
  router.get('/orders', ordersPage(services));
  router.get('/dashboards', requireRole('super-admin'), dashboardsPage(services));
  router.use(answerNotFound);
  router.use(answerErrors(services.log, countError, tellAsPage));
  return router;
}
