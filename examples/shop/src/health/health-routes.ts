import { Router } from 'express';
import type { RequestTally } from '../http/request-tally.ts';
import { packageIdentity } from '../package-root.ts';
import type { Services } from '../services.ts';
import { checkHealth } from './check-health.ts';

/** GET /health (or /healthz), /healthz/metrics and /info: without credentials and without a tenant. They tell nothing of a tenant. */
export function healthRoutes(services: Services, requests: RequestTally): Router {
  const { database, settings } = services;
  const identity = packageIdentity();
  const startedAt = new Date();
  const router = Router();

  router.get(['/health', '/healthz'], async (_request, response) => {
    const health = await checkHealth(services);
    response.status(health.status === 'up' ? 200 : 503).json(health);
  });

  router.get('/healthz/metrics', async (_request, response) => {
    const { rss, heapUsed, heapTotal } = process.memoryUsage();
    response.json({
      uptimeSeconds: process.uptime(),
      startedAt,
      requests: requests.read(),
      memoryBytes: { rss, heapUsed, heapTotal },
      orders: await ordersByStatus(),
      faults: services.faults.current(),
    });
  });

  router.get('/info', (_request, response) => {
    response.json({
      ...identity,
      node: process.version,
      commit: settings.commit ?? null,
      startedAt,
    });
  });

  /** Of all tenants, and null while PostgreSQL is away: the rest of the summary is then worth reading most. */
  async function ordersByStatus(): Promise<Record<string, number> | null> {
    try {
      const groups = await database.order.groupBy({ by: ['status'], _count: true });
      return Object.fromEntries(groups.map(({ status, _count }) => [status, _count]));
    } catch {
      return null;
    }
  }

  return router;
}
