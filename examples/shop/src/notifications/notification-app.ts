import express, { type Express } from 'express';
import { askDependency } from '../health/check-health.ts';
import { answerErrors, answerNotFound } from '../http/answer-errors.ts';
import { packageIdentity } from '../package-root.ts';
import { alertRoutes } from './alert-routes.ts';
import { confirmationRoutes } from './confirmation-routes.ts';
import { notificationMeters } from './notification-meters.ts';
import type { NotificationServices } from './notification-services.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** The notification service over its services. */
export function createNotificationApp(services: NotificationServices): Express {
  const { database, settings, log } = services;
  const identity = { ...packageIdentity(), service: 'notifications', node: process.version };
  const startedAt = new Date();
  const app = express();
  app.disable('x-powered-by');

  app.get(['/health', '/healthz'], async (_request, response) => {
    const postgresql = await askDependency('postgresql', () => database.$queryRaw`SELECT 1`);
    const { status } = postgresql;
    response.status(status === 'up' ? 200 : 503).json({
      status: status === 'up' ? 'up' : 'degraded',
      dependencies: [postgresql],
    });
  });
  app.get('/info', (_request, response) => {
    response.json({ ...identity, commit: settings.commit ?? null, startedAt });
  });

  app.use(confirmationRoutes(services));
  app.use(webhookRoutes(services));
  app.use(alertRoutes(services));
  app.use(answerNotFound);
  app.use(answerErrors(log, (error) => notificationMeters.errors.add(1, error)));
  return app;
}
