import { type RequestHandler, Router } from 'express';
import { notFound, unauthorized } from '../http/http-problem.ts';
import { readBody } from '../http/read-request.ts';
import { sameText } from '../http/same-text.ts';
import type { Services } from '../services.ts';
import { FaultPlan, noFaults } from './fault-plan.ts';

/** `/admin/faults`: read, set and reset the drill. Exists only when there is an admin token. */
export function faultRoutes({ settings, faults }: Pick<Services, 'settings' | 'faults'>): Router {
  const router = Router();
  router.use('/faults', requireAdminToken(settings.adminToken));
  router.get('/faults', (_request, response) => {
    response.json(faults.current());
  });
  router.put('/faults', async (request, response) => {
    await faults.change(await readBody(request, response, FaultPlan));
    response.json(faults.current());
  });
  router.delete('/faults', async (_request, response) => {
    await faults.change(noFaults);
    response.json(faults.current());
  });
  return router;
}

function requireAdminToken(token: string | undefined): RequestHandler {
  return (request, _response, next) => {
    if (token === undefined) throw notFound(`${request.method} ${request.originalUrl}`);
    const given = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    if (!sameText(given, token)) {
      throw unauthorized('admin_required', 'Expected Authorization: Bearer <admin token>');
    }
    next();
  };
}
